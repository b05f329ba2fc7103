// A pattern as the seed project drew it: a roll of 37 notes and 63 pitches.

import Music

/// Notes in rows, each a place among 63 semitones; rows after the last note are empty.
struct PatternRoll: Hashable, Sendable {
  /// Rows of a roll: notes.
  static let rows = 37
  /// Columns of a roll: semitones.
  static let columns = 63
  /// Numbers of a roll.
  static let size = rows * columns

  /// The columns of the notes, one a row from the first.
  let notes: [Int]

  /// A roll of given columns, each in 0..<63, at most 37.
  init(notes: [Int]) { self.notes = notes }

  /// The first 37 notes of the pattern, up and down; the first principal tone stands a fourth above the lowest pitch,
  /// or where the pattern fits best.
  ///
  /// - Returns: nil when the notes span more than 63 pitches.
  init?(_ pattern: ThesaurusPattern) {
    let line = Self.line(pattern)
    guard let low = line.min(), let high = line.max(), high - low < Self.columns else { return nil }
    let start = min(ThesaurusPattern.reach, Self.columns - 1 - high)
    self.init(notes: line.map { $0 + max(start, -low) })
  }

  /// The first 37 notes of a pattern, up and down, in semitones above the first.
  static func line(_ pattern: ThesaurusPattern) -> [Int] { Array(pattern.whole.prefix(rows)) }

  /// [37, 63] row by row, 0 or 1.
  var values: [Float] {
    var values = [Float](repeating: 0, count: Self.size)
    for (row, note) in notes.enumerated() { values[row * Self.columns + note] = 1 }
    return values
  }

  /// The mean of the numbers.
  var sparseness: Double { Double(notes.count) / Double(Self.size) }

  /// The share of the 63 pitches that occur.
  var coverage: Double { Double(Set(notes).count) / Double(Self.columns) }
}
