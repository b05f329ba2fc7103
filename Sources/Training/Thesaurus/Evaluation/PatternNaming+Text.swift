// The figures of naming as text and JSON.

import Foundation

extension PatternNaming {
  /// A few lines to read.
  public var text: String {
    func percent(_ share: Share) -> String { String(format: "%.2f %%", 100 * (share.value ?? 0)) }
    var lines = [
      "patterns played upwards: \(named.total), named \(percent(named)), by their own name \(percent(exact)); "
        + String(format: "the name comes after %.1f notes", notesUntilNamed)
    ]
    guard !music.isEmpty else { return lines[0] + "\n" }
    var table = FigureTable(
      title: "Names that came up in other music (a quarter note at 0.6 s)",
      columns: ["pieces", "notes", "hours", "names", "names an hour", "shown, % of the time"])
    for kind in music {
      table.add(
        kind.part,
        [
          "\(kind.pieces)", "\(kind.notes)", String(format: "%.1f", kind.hours), "\(kind.names)",
          String(format: "%.2f", Double(kind.names) / max(kind.hours, 1e-9)),
          String(format: "%.3f", 100 * kind.hoursShown / max(kind.hours, 1e-9)),
        ])
    }
    lines.append(table.text)
    return lines.joined(separator: "\n")
  }

  /// One JSON object.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
