// A set of MIDI pitches.

/// Any of the 128 MIDI pitches. A value of sixteen bytes: nothing is allocated.
public struct PitchSet: Hashable, Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// No pitches.
  public init() {}

  /// All 128 pitches.
  public static let all = PitchSet(low: .max, high: .max)

  private init(low: UInt64, high: UInt64) { (self.low, self.high) = (low, high) }

  /// The pitches of some pitch classes in all octaves: bit `n` of `mask` stands for `n` semitones above C.
  public init(pitchClasses mask: UInt16) {
    for pitch in 0..<128 where mask >> UInt16(pitch % 12) & 1 == 1 { insert(pitch) }
  }

  /// Adds a pitch; one outside 0…127 is left out.
  public mutating func insert(_ pitch: Int) {
    switch pitch {
    case 0..<64: low |= 1 << UInt64(pitch)
    case 64..<128: high |= 1 << UInt64(pitch - 64)
    default: break
    }
  }

  /// Whether a pitch is in the set; false outside 0…127.
  public func contains(_ pitch: Int) -> Bool {
    switch pitch {
    case 0..<64: low >> UInt64(pitch) & 1 == 1
    case 64..<128: high >> UInt64(pitch - 64) & 1 == 1
    default: false
    }
  }

  /// How many pitches there are.
  public var count: Int { low.nonzeroBitCount + high.nonzeroBitCount }

  /// The pitch classes that occur: bit `n` stands for `n` semitones above C.
  public var pitchClasses: UInt16 {
    (0..<128).reduce(0) { contains($1) ? $0 | 1 << UInt16($1 % 12) : $0 }
  }
}
