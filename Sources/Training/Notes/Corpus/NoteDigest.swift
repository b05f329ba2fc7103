// Tells whether two pieces have the same notes.

import Improviser

/// A hash of 128 bits of a sequence's events: the step of FNV-1a (Fowler, Noll, Vo) on whole numbers, and the mixing
/// step of SplitMix64 (Steele, Lea and Flood, 2014), 64 bits each. That two of a million pieces have one digest by
/// chance is less likely than 1 in 10^26.
struct NoteDigest: Hashable, Sendable {
  private var first: UInt64 = 0xCBF2_9CE4_8422_2325
  private var second: UInt64 = 0

  init(_ events: [NoteEvent]) {
    for event in events {
      for number in [event.interval, event.pitch, event.duration, event.velocity] {
        let bits = UInt64(bitPattern: Int64(number))
        first = (first ^ bits) &* 0x0000_0100_0000_01B3
        second = second &+ bits &+ 0x9E37_79B9_7F4A_7C15
        second = (second ^ second >> 30) &* 0xBF58_476D_1CE4_E5B9
        second = (second ^ second >> 27) &* 0x94D0_49BB_1331_11EB
        second ^= second >> 31
      }
    }
  }
}
