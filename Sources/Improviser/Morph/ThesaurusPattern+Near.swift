// Whether two patterns differ in few notes, without comparing most of them.

import Music

extension ThesaurusPattern {
  /// Whether the cells differ in at most `limit` notes. Most do not, which is seen without comparing them.
  func isNear(_ other: ThesaurusPattern, _ limit: Int) -> Bool {
    leastChangedNotes(to: other) <= limit && changedNotes(to: other) <= limit
  }

  /// A number of notes that are changed at least (`changedNotes(to:)`): those of the longer cell that the other lacks.
  func leastChangedNotes(to other: ThesaurusPattern) -> Int {
    max(count, other.count) + 2 - (notes & other.notes).nonzeroBitCount
  }

  /// The notes of the cell as a set; no note occurs twice in one.
  private var notes: UInt32 {
    mask | 1 << UInt32(Self.reach) | 1 << UInt32(Self.reach + progression.step)
  }
}
