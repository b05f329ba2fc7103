// The chords that lie in a scale.

/// A chord of pitch classes: a root and the intervals above it.
struct ScaleChord: Hashable, Sendable {
  /// Pitch class of the root, 0...11.
  let root: Int
  /// Semitones above the root, ascending from 0.
  let intervals: [Int]
  /// Bit `p` says that pitch class `p` is in the chord.
  let members: UInt16

  init(root: Int, intervals: [Int]) {
    self.root = root
    self.intervals = intervals
    members = intervals.reduce(0) { $0 | 1 << UInt16((root + $1) % 12) }
  }

  /// Semitones from the root to the fifth of the chord, whatever its size.
  var fifth: Int { intervals.first { (6...8).contains($0) } ?? 0 }

  func contains(pitchClass: Int) -> Bool { members >> UInt16(pitchClass) & 1 == 1 }

  /// The qualities that are tried, with what an ear that expects plain triads holds against them.
  private static let qualities: [(intervals: [Int], cost: Double)] = [
    ([0, 4, 7], 0), ([0, 3, 7], 0), ([0, 4, 7, 10], 0.2), ([0, 3, 7, 10], 0.2), ([0, 4, 7, 11], 0.22),
    ([0, 3, 6], 0.2), ([0, 3, 6, 10], 0.3), ([0, 4, 8], 0.3), ([0, 3, 6, 9], 0.35), ([0, 5, 7], 0.35),
  ]

  /// What is held against the quality of this chord.
  var cost: Double { Self.qualities.first { $0.intervals == intervals }?.cost ?? 0 }

  /// All chords of the usual qualities on `roots` whose notes belong to `members`, in that order.
  static func chords(on roots: [Int], in members: UInt16) -> [ScaleChord] {
    chords(on: roots, in: members, qualities.map(\.intervals))
  }

  /// The same with two notes, for patterns that hold no chord: fifths, sixths, thirds, fourths and the tritone.
  static func intervals(on roots: [Int], in members: UInt16) -> [ScaleChord] {
    chords(on: roots, in: members, [[0, 7], [0, 9], [0, 8], [0, 4], [0, 3], [0, 5], [0, 6]])
  }

  private static func chords(on roots: [Int], in members: UInt16, _ qualities: [[Int]]) -> [ScaleChord] {
    roots.flatMap { root in
      qualities.compactMap { intervals in
        let chord = ScaleChord(root: root, intervals: intervals)
        return chord.members & ~members == 0 ? chord : nil
      }
    }
  }
}
