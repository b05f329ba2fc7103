// What a training of a sweep leaves.
import Foundation

/// The history of a finished training with what it takes to compare it.
struct SweepResult {
  var parameters: Int
  /// The history as `NoteHistory` writes it.
  var history: String
  /// What could not be drawn or written, in sentences.
  var complaints: [String] = []

  /// The figures of the history.
  ///
  /// - Throws: a sentence when the text is no history.
  func outcome(seconds: Double) throws(TrainingError) -> SweepOutcome {
    let rows = history.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    func column(_ name: Substring) throws(TrainingError) -> [Double] {
      guard let place = rows.first?.firstIndex(of: name) else {
        throw TrainingError("The history of the training has no column \(name); train again with one program.")
      }
      return rows.dropFirst().compactMap { $0.indices.contains(place) ? Double($0[place]) : nil }
    }
    return SweepOutcome(
      parameters: parameters, validation: try column("validation_bits"), training: try column("train_bits"),
      speeds: try column("notes_per_second"), seconds: seconds)
  }
}
