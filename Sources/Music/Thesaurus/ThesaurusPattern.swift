// A pattern of the Thesaurus: a progression and the notes that are added between its principal tones.

/// Principal tones that divide octaves equally, and one to four notes added to each in the same way.
///
/// The rules are Antiphon's own reading of Slonimsky's definitions: infrapolated notes lie up to a fourth below the
/// first principal tone of a cell and are played downwards from it, interpolated notes lie between the two and are
/// played upwards, ultrapolated notes lie up to a fourth above the second and are played downwards to it. The descent
/// of a pattern is its ascent backwards.
public struct ThesaurusPattern: Hashable, Sendable {
  /// Semitones below the first and above the second principal tone within which notes may be added: a fourth.
  public static let reach = 5
  /// How many notes may be added to a principal tone.
  public static let counts = 1...4
  /// Semitones from the first principal tone of a cell at which notes may be added in some progression, -5…19.
  public static let offsets = -reach...(14 + reach)

  /// The principal tones.
  public let progression: Progression
  /// The added notes: bit `n` stands for `n - reach` semitones above the first principal tone of the cell.
  public let mask: UInt32

  /// The pattern of `progression` with notes added at `offsets`, in semitones above each principal tone.
  ///
  /// - Returns: nil unless one to four different notes are added and all lie where the progression lets them.
  public init?(_ progression: Progression, offsets: [Int]) {
    var mask: UInt32 = 0
    for offset in offsets {
      guard Self.allows(offset, in: progression), mask >> UInt32(offset + Self.reach) & 1 == 0 else { return nil }
      mask |= 1 << UInt32(offset + Self.reach)
    }
    self.init(progression, mask: mask)
  }

  /// The pattern with the added notes of `mask`; nil as above.
  public init?(_ progression: Progression, mask: UInt32) {
    guard Self.counts.contains(mask.nonzeroBitCount), mask & ~Self.allowed(in: progression) == 0 else { return nil }
    self.progression = progression
    self.mask = mask
  }

  /// Whether `progression` lets a note be added `offset` semitones above its principal tones: anywhere within reach but
  /// on the two principal tones themselves.
  public static func allows(_ offset: Int, in progression: Progression) -> Bool {
    offset >= -reach && offset <= progression.step + reach && offset != 0 && offset != progression.step
  }

  /// All bits of `mask` that `progression` allows.
  public static func allowed(in progression: Progression) -> UInt32 {
    let all = (UInt32(1) << UInt32(2 * reach + progression.step + 1)) - 1
    return all & ~(1 << UInt32(reach)) & ~(1 << UInt32(reach + progression.step))
  }

  /// How many notes are added to a principal tone, 1…4.
  public var count: Int { mask.nonzeroBitCount }

  /// The added notes as they are played, in semitones above the principal tone before them.
  public var offsets: [Int] { infrapolated + interpolated + ultrapolated }

  /// The notes below, downwards.
  public var infrapolated: [Int] { Self.offsets.lazy.filter { $0 < 0 && has($0) }.reversed() }
  /// The notes between, upwards.
  public var interpolated: [Int] { Self.offsets.filter { $0 > 0 && $0 < progression.step && has($0) } }
  /// The notes above, downwards.
  public var ultrapolated: [Int] { Self.offsets.lazy.filter { $0 > progression.step && has($0) }.reversed() }

  /// Whether a note is added `offset` semitones above each principal tone.
  public func has(_ offset: Int) -> Bool {
    Self.offsets.contains(offset) && mask >> UInt32(offset + Self.reach) & 1 == 1
  }

  /// What was done to the principal tones.
  public var operation: PatternOperation {
    PatternOperation(
      infrapolation: !infrapolated.isEmpty, interpolation: !interpolated.isEmpty, ultrapolation: !ultrapolated.isEmpty)
      ?? .interpolation
  }
}
