// The figures of the cross-validation as text and as JSON.

import Foundation

extension MelodyEvaluation {
  /// A table for a person.
  public var text: String {
    var lines = [
      "\(melodies) melodies, \(notes) notes, \(folds) folds; exact likelihood over \(pitches) pitches; "
        + String(format: "%.0f s", seconds),
      "bits a note (right, %)   pitch only       with durations",
    ]
    for row in rows where !row.usesDurations {
      let other = rows.first { $0.usesDurations && $0.model == row.model }
      func cell(_ row: Row) -> String { String(format: "%.3f (%.1f)", row.bits, 100 * row.top1) }
      // The n-gram models hear no durations.
      let second = row.model.hasPrefix("LSTM") ? other.map(cell) ?? "" : ""
      let name = row.model + String(repeating: " ", count: max(1, 25 - row.model.count))
      lines.append(name + cell(row) + (second.isEmpty ? "" : "     " + second))
    }
    return lines.joined(separator: "\n")
  }

  /// One JSON object.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
