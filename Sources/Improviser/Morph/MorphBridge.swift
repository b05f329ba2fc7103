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
      patterns.map { ($0, PatternLogits.score($0, logits)) }.sorted { $0.1 > $1.1 }.map(\.0)
    }
    let all = PatternList.all.patterns
    let between = all.filter { start.leastChangedNotes(to: $0) <= limit && end.leastChangedNotes(to: $0) <= limit }
    let middle = ranked(between).first { start.isNear($0, limit) && end.isNear($0, limit) }
    if let middle { return [middle] }
    let arriving = ranked(all.filter { end.isNear($0, limit) })
    for first in ranked(all.filter { start.isNear($0, limit) }) {
      if let second = arriving.first(where: { first.isNear($0, limit) }) { return [first, second] }
    }
    return []
  }
}
