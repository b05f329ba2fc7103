// To which training a checkpoint belongs.
import Foundation

/// What must be the same for a checkpoint to go on; the number of passes, the rate and the threads may differ.
struct CheckpointIdentity: Codable, Equatable {
  /// Version of the checkpoint's file.
  static let currentVersion = 2

  var version = currentVersion
  let model: NoteModelOptions
  let training: NoteSourceSummary
  let validation: NoteSourceSummary
  let rows: Int
  let window: Int
  let seed: UInt64
  let augmentation: NoteAugmentation

  /// What differs from the training that is asked for, as "its … is …, not …"; nil when nothing does.
  func difference(from wanted: CheckpointIdentity) -> String? {
    func compare<Value: Equatable>(_ name: String, _ value: (CheckpointIdentity) -> Value) -> String? {
      let (own, other) = (value(self), value(wanted))
      return own == other ? nil : "its \(name) is \(own), not \(other)"
    }
    if model.tokens != wanted.model.tokens, model.kind == wanted.model.kind {
      return "its vocabulary has \(model.tokens.count) tokens, not the \(wanted.model.tokens.count) of these data"
    }
    let differences = [
      compare("version") { $0.version }, compare("kind") { $0.model.kind.rawValue },
      compare("embedding") { $0.model.embedding }, compare("hidden size") { $0.model.hidden },
      compare("number of heads") { $0.model.heads }, compare("dropout") { $0.model.dropout },
      compare("number of conditions") { $0.model.conditions.count },
      compare("list of conditions") { $0.model.conditions }, compare("training part") { $0.training },
      compare("validation part") { $0.validation }, compare("number of rows") { $0.rows },
      compare("window") { $0.window }, compare("seed") { $0.seed }, compare("variation") { $0.augmentation },
    ]
    return differences.compactMap(\.self).first
  }
}
