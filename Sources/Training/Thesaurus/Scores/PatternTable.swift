// Lists of patterns as text, CSV and JSON.
import Music

/// A line for each pattern of a score.
public struct PatternTable {
  /// Notes of a pattern that fit on a line of text.
  private static let longest = 25
  private let score: PatternScore

  /// The list of a score's patterns; its title and layout are left out.
  public init(_ score: PatternScore) { self.score = score }

  /// Three columns: name, first cell with octaves (middle C is C4), and the pattern's notes without octaves, of long
  /// ones the beginning and "…".
  public var text: String {
    let rows = score.entries.map { entry in
      let line = PatternLine(entry, score.direction).tones.map(\.pitch)
      // The first cell is written as the ascent is.
      let cell = PatternLine(entry, .up).written.flatMap { $0 }.prefix(entry.pattern.count + 2)
        .map { "\($0.name)\($0.octave)" }.joined(separator: " ")
      let notes = PatternSpelling.written(line).prefix(Self.longest).map(\.name).joined(separator: " ")
      return [entry.pattern.name, cell, notes + (line.count > Self.longest ? " …" : "")]
    }
    let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count + 2) }.joined() + row[2] + "\n"
    }.joined()
  }

  /// A line of column names, then a line each; numbers of one column are separated by spaces. Pitches are MIDI pitches.
  public var csv: String {
    "name,progression,operation,count,number,offsets,cell,pattern,principal\n"
      + score.entries.map { entry in
        let pattern = entry.pattern
        let lists = lists(entry).map { $0.numbers.map(String.init).joined(separator: " ") }
        let number = PatternList.all.number(of: pattern)
        let head = "\(pattern.name),\(pattern.progression.rawValue),\(pattern.operation.rawValue)"
        return "\(head),\(pattern.count),\(number),\(lists.joined(separator: ","))\n"
      }.joined()
  }

  /// One object a line: the offsets of the added notes from their principal tone in semitones, and the MIDI pitches of
  /// the first cell up to the next principal tone, of the whole pattern, and of its principal tones alone.
  public var json: String {
    score.entries.map { entry in
      let pattern = entry.pattern
      let lists = lists(entry).map { list in
        "\"\(list.name)\":[\(list.numbers.map(String.init).joined(separator: ","))]"
      }
      // Names hold nothing that JSON would quote.
      return "{\"name\":\"\(pattern.name)\",\"progression\":\"\(pattern.progression.rawValue)\","
        + "\"operation\":\"\(pattern.operation.rawValue)\",\"count\":\(pattern.count),"
        + "\"number\":\(PatternList.all.number(of: pattern)),\(lists.joined(separator: ","))}\n"
    }.joined()
  }

  private func cell(_ entry: PatternEntry) -> [Int] { entry.pattern.cell.map { entry.start + $0 } }

  private func lists(_ entry: PatternEntry) -> [(name: String, numbers: [Int])] {
    let tones = PatternLine(entry, score.direction).tones
    return [
      ("offsets", entry.pattern.offsets), ("cell", cell(entry)), ("pattern", tones.map(\.pitch)),
      ("principal", tones.filter(\.isPrincipal).map(\.pitch)),
    ]
  }
}
