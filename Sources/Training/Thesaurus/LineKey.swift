// By which patterns that play the same notes are known.

import Music

/// The intervals from note to note of a pattern's ascent, as far as they do not repeat: two patterns whose ascents are
/// the same line, one perhaps over more octaves than the other, have the same key.
struct LineKey: Hashable, Sendable {
  /// Semitones from each note to the next.
  let intervals: [Int]

  /// The key of a pattern.
  init(_ pattern: ThesaurusPattern) {
    let cell = pattern.cell
    let all = zip(cell, cell.dropFirst()).map { $1 - $0 }
    let period = all.indices.dropFirst().first { period in
      all.count % period == 0 && all.indices.dropFirst(period).allSatisfy { all[$0] == all[$0 - period] }
    }
    intervals = Array(all.prefix(period ?? all.count))
  }

  /// The same number on every machine and in every process (FNV-1a, then the mixer of SplitMix64).
  var stableHash: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for interval in intervals { hash = (hash ^ UInt64(UInt8(truncatingIfNeeded: interval))) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
