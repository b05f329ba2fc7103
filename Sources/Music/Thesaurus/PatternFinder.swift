// Finds the pattern that a line of notes plays.

/// A line that plays a pattern, and where on the keyboard.
public struct FoundPattern: Hashable, Sendable {
  /// The pattern.
  public var pattern: ThesaurusPattern
  /// MIDI pitch of the principal tone on which its first cell begins.
  public var start: Int
  /// Cells that were played to their end, 2 or more.
  public var cells: Int

  /// The pattern on its tonic.
  public var scale: PatternScale { PatternScale(tonic: PitchClass(wrapping: start), pattern: pattern) }
}

/// Compares lines of MIDI pitches with the patterns of the Thesaurus.
public enum PatternFinder {
  /// Notes of a line that are looked at: four times up the longest ascent and down again.
  private static let longest = 500

  /// The pattern that a line plays from its first note to its last, or nil when it plays none.
  ///
  /// The line begins on a principal tone and plays at least two cells up to the principal tone after them, no matter
  /// over how many octaves it goes on; it may turn on any principal tone and come down the same way, and a line that
  /// only comes down is one as well. Where several patterns fit, the one with the fewest added notes is found.
  public static func find(_ line: [Int]) -> FoundPattern? {
    guard line.count <= longest else { return nil }
    for length in ThesaurusPattern.counts.map({ $0 + 1 }) {
      if let found = ascent(line, length) { return found }
      if let found = ascent(line.reversed(), length) { return found }
      if let found = arch(line, length) { return found }
    }
    return nil
  }

  /// The patterns that come nearest to a line, nearest first: those with the fewest notes to insert, remove or exchange
  /// when all begin on the line's first note. Only patterns that a line of this length could play twice, and a note
  /// more, are looked at. Takes some tenths of a second.
  public static func nearest(to line: [Int], count: Int = 3) -> [ThesaurusPattern] {
    guard let first = line.first else { return [] }
    let heard = line.prefix(37).map { $0 - first }
    let patterns = PatternList.all.patterns.filter { $0.count == 1 || 2 * ($0.count + 1) <= heard.count }
    let distances = patterns.map { EditDistance.between(heard, Array($0.whole.prefix(heard.count))) }
    return distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(count).map { patterns[$0] }
  }

  /// A line that goes up in cells of `length` notes.
  private static func ascent(_ line: [Int], _ length: Int) -> FoundPattern? {
    guard line.count >= 2 * length + 1, (line.count - 1) % length == 0 else { return nil }
    let step = line[length] - line[0]
    guard let progression = Progression.allCases.first(where: { $0.step == step }),
      line.indices.dropFirst(length).allSatisfy({ line[$0] - line[$0 - length] == step })
    else { return nil }
    let added = line[1..<length].map { $0 - line[0] }
    guard let pattern = ThesaurusPattern(progression, offsets: added), pattern.offsets == added else { return nil }
    return FoundPattern(pattern: pattern, start: line[0], cells: (line.count - 1) / length)
  }

  /// A line that goes up and comes down the same way; the note at the turn is played once or twice.
  private static func arch(_ line: [Int], _ length: Int) -> FoundPattern? {
    guard line == line.reversed() else { return nil }
    return ascent(Array(line.prefix(line.count / 2 + line.count % 2)), length)
  }
}
