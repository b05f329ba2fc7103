// The patterns of the Thesaurus that symmetrical scales are, and when one is certain enough to be named.

public import Music

extension Scale {
  /// The pattern with the fewest added notes that has the pitch classes of this scale and begins on its tonic: for the
  /// whole-tone scale and the two octatonic ones, which repeat within the octave; nil for all others.
  public var pattern: PatternScale? {
    let pattern: ThesaurusPattern? =
      switch family {
      case .wholeTone: ThesaurusPattern(.ditone, offsets: [2])
      case .octatonicHalfWhole: ThesaurusPattern(.sesquitone, offsets: [1])
      case .octatonicWholeHalf: ThesaurusPattern(.sesquitone, offsets: [2])
      default: nil
      }
    return pattern.map { PatternScale(tonic: tonic, pattern: $0) }
  }
}

/// Waits until a symmetrical scale has been heard for long enough: chromatic passages and diminished chords sound like
/// one for a moment. A unit over steps of the history (5.4 a second).
public struct SymmetricScale: Sendable {
  /// Steps for which the scale must have been shown; four seconds.
  private static let patience = 22
  /// Seconds that a stretch must last to be named.
  public static let shortest = 4.0
  /// How probable the scale must be.
  public static let leastConfidence: Float = 0.5

  /// The pattern to name; nil when there is none.
  public private(set) var pattern: PatternScale?
  private var candidate: PatternScale?
  private var steps = 0

  /// Nothing heard yet.
  public init() {}

  /// Takes in the scale shown at a step with its probability.
  public mutating func process(_ scale: Scale?, confidence: Float) {
    let found = confidence >= Self.leastConfidence ? scale?.pattern : nil
    steps = found == candidate ? steps + 1 : 1
    candidate = found
    pattern = steps >= Self.patience ? found : nil
  }
}
