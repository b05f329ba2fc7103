// What a sweep keeps of each combination, so that it goes on after an interruption.
import Foundation

/// The file sweep.json in the folder of a combination.
struct SweepRecord: Codable, Equatable {
  /// The options that decide the outcome, by name.
  var options: [String: String]
  /// Seconds of training before the last interruption.
  var seconds = 0.0
  /// The figures; nil while the training is not complete.
  var outcome: SweepOutcome?

  private static func url(_ folder: URL) -> URL { folder.appending(path: "sweep.json") }

  /// The record in `folder`; nil when there is none.
  ///
  /// - Throws: a sentence for a file that cannot be understood.
  static func read(_ folder: URL) throws(TrainingError) -> SweepRecord? {
    let url = url(folder)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    do {
      return try JSONDecoder().decode(SweepRecord.self, from: Data(contentsOf: url))
    } catch {
      throw TrainingError("\(url.path) is damaged; remove the folder \(folder.path), and it is trained anew.")
    }
  }

  /// Writes the record to `folder`, which is made when it is missing.
  func write(_ folder: URL) throws(TrainingError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try encoder.encode(self).write(to: Self.url(folder), options: .atomic)
    } catch {
      throw TrainingError("\(Self.url(folder).path) cannot be written; check the folder and the free space.")
    }
  }

  /// Throws when `combination` is not what the record is of.
  func check(_ combination: SweepCombination, _ folder: URL) throws(TrainingError) {
    let identity = combination.identity
    let names = Set(options.keys).union(identity.keys).sorted()
    guard let name = names.first(where: { options[$0] != identity[$0] }) else { return }
    throw TrainingError(
      "\(folder.path) was trained with \(name) \(options[name] ?? "unset"), not \(identity[name] ?? "unset"); "
        + "give the same options or choose another folder with --output.")
  }
}
