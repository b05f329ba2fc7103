// How many patterns each section of the list holds.
public import Music

/// A table of progressions and operations.
public struct PatternCounts {
  private let counts: [[Int]]

  /// Counts some patterns.
  public init(_ patterns: [ThesaurusPattern]) {
    var counts = Progression.allCases.map { _ in PatternOperation.allCases.map { _ in 0 } }
    let operations = Dictionary(uniqueKeysWithValues: PatternOperation.allCases.enumerated().map { ($1, $0) })
    for pattern in patterns { counts[pattern.progression.index][operations[pattern.operation] ?? 0] += 1 }
    self.counts = counts
  }

  /// Rows of words and numbers: column names, a row for each progression, totals.
  private var rows: [[String]] {
    let names = ["progression", "division"] + PatternOperation.allCases.map(\.rawValue) + ["total"]
    let body = zip(Progression.allCases, counts).map { progression, row in
      [progression.rawValue, "\(progression.octaves) into \(progression.parts)"]
        + (row + [row.reduce(0, +)]).map(String.init)
    }
    let sums = PatternOperation.allCases.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    return [names] + body + [["total", ""] + (sums + [sums.reduce(0, +)]).map(String.init)]
  }

  /// Aligned columns; the division is octaves into equal parts.
  public var text: String {
    let rows = rows
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, word in
        let gap = String(repeating: " ", count: widths[column] - word.count)
        return column < 2 ? word + gap : gap + word
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
  }

  /// The same separated by commas.
  public var csv: String { rows.map { $0.joined(separator: ",") + "\n" }.joined() }

  /// One object a line for each section that has patterns: progression, operation and patterns.
  public var json: String {
    zip(Progression.allCases, counts).flatMap { progression, row in
      zip(PatternOperation.allCases, row).filter { $0.1 > 0 }.map { operation, count in
        "{\"progression\":\"\(progression.rawValue)\",\"operation\":\"\(operation.rawValue)\",\"patterns\":\(count)}\n"
      }
    }.joined()
  }
}
