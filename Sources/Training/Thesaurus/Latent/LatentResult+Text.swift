// A result as a table to read.

public import Music

extension LatentResult {
  /// One line for each pattern, and one for the figures.
  ///
  /// - Parameters:
  ///   - tonic: of the notes' names.
  ///   - showsVectors: also the numbers, on a line below each pattern.
  public func text(tonic: PitchClass, showsVectors: Bool) -> String {
    let rows = [heading] + entries.map { row($0, tonic) }
    let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines: [String] = []
    for (number, row) in rows.enumerated() {
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      lines.append(Self.trimmed(cells.joined(separator: "  ")))
      // What was decoded of a pattern has the vector of the line before.
      let isCopy = kind == .reconstruct && number.isMultiple(of: 2)
      if showsVectors, number > 0, !isCopy {
        lines.append("  z " + LatentVector.text(entries[number - 1].point.numbers))
      }
    }
    lines.append(figures.map { "\($0.name): \($0.text)" }.joined(separator: "; "))
    return lines.joined(separator: "\n")
  }

  private var heading: [String] {
    let ends = ["A", "B", "C", "D"].prefix(entries.first?.distances.count ?? 0).map { "to " + $0 }
    let changes: [String] =
      switch kind {
      case .sample: []
      case .reconstruct: ["changed", "KL"]
      case .interpolate: ["changed"]
      case .grid: ["from left", "above"]
      }
    return ["", "pattern", "notes", "is"] + changes + ends + [""]
  }

  private func row(_ entry: LatentEntry, _ tonic: PitchClass) -> [String] {
    let pattern = entry.point.pattern
    let changes: [String] =
      switch kind {
      case .sample: []
      case .reconstruct: [Self.text(entry.changes), entry.divergence.map { decimals($0, 2) } ?? ""]
      case .interpolate: [Self.text(entry.changes)]
      case .grid: [Self.text(entry.changes), Self.text(entry.changesFromAbove)]
      }
    return [entry.label, pattern.name, pattern.noteNames(on: tonic), entry.isNovel ? "new" : "known"] + changes
      + entry.distances.map { "\($0)" } + [entry.remark]
  }

  private static func text(_ count: Int?) -> String { count.map { "\($0)" } ?? "" }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
