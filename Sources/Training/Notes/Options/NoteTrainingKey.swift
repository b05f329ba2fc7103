// The options of a training by their names: one table for the command line, the configuration file and the grid.
import Improviser
import Music

/// An option of a training, called the same on the command line and in a file.
public struct NoteTrainingKey: Sendable {
  /// The name, without the dashes of the command line.
  public let name: String
  /// What it does, in one sentence for help and files.
  public let help: String
  /// The kinds of models that have it.
  let kinds: Set<NoteModelKind>
  /// A value that shows how it is written, where there is no default.
  var example: OptionValue?
  /// Whether it decides what is learnt, so that a grid may vary it.
  var isVariable = true
  /// Whether a typed word is taken as it is, even where it looks like a number or a list.
  var isText = false
  /// Takes a value; throws a sentence that begins with the name.
  let set: @Sendable (inout NoteTrainingPlan, OptionValue) throws(TrainingError) -> Void
  /// The value of a plan; nil when it is not set.
  let value: @Sendable (NoteTrainingPlan) -> OptionValue?

  /// All options, in the order of the file. The model comes first, for it decides which of the others there are.
  public static let all = places + network + training + variations + conduct

  /// The option of that name.
  public static func named(_ name: String) throws(TrainingError) -> NoteTrainingKey {
    if let key = all.first(where: { $0.name == name }) { return key }
    let near = NearNames.nearest(to: name, among: all.map(\.name))
    let advice = near.isEmpty
      ? "choose from \(all.map(\.name).joined(separator: ", "))." : "did you mean \(near.joined(separator: " or "))?"
    throw TrainingError("\(name.prefix(60)) is no option of a training; \(advice)")
  }

  /// The kind of model that a value names.
  public static func kind(_ value: OptionValue) throws(TrainingError) -> NoteModelKind {
    if let kind = NoteModelKind(rawValue: value.typed) { return kind }
    let kinds = NoteModelKind.allCases.map(\.rawValue)
    let near = NearNames.nearest(to: value.typed, among: kinds)
    let advice = near.isEmpty
      ? "choose from \(kinds.joined(separator: ", "))." : "did you mean \(near.joined(separator: " or "))?"
    throw TrainingError("model cannot be \(value.shown); \(advice)")
  }

  /// What a person typed as the value of this option.
  public func value(typed text: String) -> OptionValue { isText ? .text(text) : OptionValue(typed: text) }

  /// The same, but not for grids.
  var fixed: NoteTrainingKey {
    var key = self
    key.isVariable = false
    return key
  }
}
