// Finds the patterns that lie between two that differ in many notes.

import Music

/// Joins two patterns by steps of few notes.
enum MorphBridge {
  /// The patterns between `start` and `end`, both left out, so that all neighbours differ in at most `limit` notes: the
  /// most probable one under `logits` (the numbers of `PatternLogits`), or where no single one lies between, two of the
  /// most probable. Empty where even these do not join the ends. Takes some milliseconds; where it takes two, up to a
  /// second.
  static func between(
    _ start: ThesaurusPattern, _ end: ThesaurusPattern, limit: Int, logits: [Float]
  ) -> [ThesaurusPattern] {
    func ranked(_ patterns: [ThesaurusPattern]) -> [ThesaurusPattern] {
      patterns.map { ($0, score($0, logits)) }.sorted { $0.1 > $1.1 }.map(\.0)
    }
    let all = PatternList.all.patterns
    let between = all.filter { atLeast(start, $0) <= limit && atLeast($0, end) <= limit }
    let middle = ranked(between).first { isNear(start, $0, limit) && isNear($0, end, limit) }
    if let middle { return [middle] }
    let arriving = ranked(all.filter { isNear($0, end, limit) })
    for first in ranked(all.filter { isNear(start, $0, limit) }) {
      if let second = arriving.first(where: { isNear(first, $0, limit) }) { return [first, second] }
    }
    return []
  }

  /// Whether two patterns differ in at most `limit` notes. Most do not, which is seen without comparing their cells.
  private static func isNear(_ first: ThesaurusPattern, _ second: ThesaurusPattern, _ limit: Int) -> Bool {
    atLeast(first, second) <= limit && first.changedNotes(to: second) <= limit
  }

  /// The logarithm of the probability, but for what all patterns share; one that is no number counts as the lowest.
  private static func score(_ pattern: ThesaurusPattern, _ logits: [Float]) -> Float {
    var sum = logits[pattern.progression.index]
    var mask = pattern.mask
    while mask != 0 {
      sum += logits[PatternLogits.progressions + mask.trailingZeroBitCount]
      mask &= mask - 1
    }
    return sum.isNaN ? -.infinity : sum
  }

  /// A number of changed notes that the two patterns have at least: the notes of the longer cell that the other lacks.
  private static func atLeast(_ first: ThesaurusPattern, _ second: ThesaurusPattern) -> Int {
    max(first.count, second.count) + 2 - (notes(first) & notes(second)).nonzeroBitCount
  }

  /// The notes of a cell as a set; no note occurs twice in one.
  private static func notes(_ pattern: ThesaurusPattern) -> UInt32 {
    let reach = ThesaurusPattern.reach
    return pattern.mask | 1 << UInt32(reach) | 1 << UInt32(reach + pattern.progression.step)
  }
}
