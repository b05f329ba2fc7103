// What the decoder says about a pattern, and the pattern that it means.

public import Music

/// The 36 numbers by which the autoencoder writes a pattern: one for each progression, in order, then one for each
/// place of an added note, from a fourth below the first principal tone (`ThesaurusPattern.offsets`).
public enum PatternLogits {
  /// Progressions.
  public static let progressions = 11
  /// Places of added notes.
  public static let places = 25
  /// Numbers in all.
  public static let count = progressions + places

  /// The pattern as numbers: the progression as one of eleven, the added notes as members of a set; 0 or 1 each.
  public static func values(of pattern: ThesaurusPattern) -> [Float] {
    (0..<progressions).map { $0 == pattern.progression.index ? 1 : 0 }
      + (0..<places).map { pattern.mask >> UInt32($0) & 1 == 1 ? 1 : 0 }
  }

  /// The most probable of all patterns that the rules allow, when the first eleven of `logits` are those of a choice of
  /// progressions and the others those of independent notes.
  ///
  /// Exact, not a repair: the probability of a pattern is, but for a factor that all share, the exponential of its
  /// progression's logit and the logits of its notes, so in each progression the allowed notes with positive logits
  /// count, at most the four highest and at least the one. Allocates nothing; a logit that is no number counts as -∞.
  public static func mostProbable(_ logits: UnsafePointer<Float>) -> ThesaurusPattern {
    var best = (score: -Float.infinity, progression: Progression.tritone, mask: UInt32(1) << 6)
    for index in 0..<progressions {
      let progression = all[index]
      let (notes, mask) = chosen(logits + progressions, among: allowed[index])
      let score = logits[index] + notes
      if score > best.score { best = (score, progression, mask) }
    }
    // Every mask that is chosen is allowed; the first pattern of all stands in where all logits are no numbers.
    return ThesaurusPattern(best.progression, mask: best.mask) ?? first
  }

  /// Whether the logits mean an allowed pattern without further thought: the likeliest progression and the notes with a
  /// probability above one half.
  public static func plain(_ logits: UnsafePointer<Float>) -> ThesaurusPattern? {
    var progression = 0
    for index in 1..<progressions where logits[index] > logits[progression] { progression = index }
    var mask: UInt32 = 0
    for place in 0..<places where logits[progressions + place] > 0 { mask |= 1 << UInt32(place) }
    return ThesaurusPattern(all[progression], mask: mask)
  }

  /// The logarithm of a pattern's probability under `logits`, but for what all patterns share; -∞ where a logit of it
  /// is no number.
  static func score(_ pattern: ThesaurusPattern, _ logits: [Float]) -> Float {
    var sum = logits[pattern.progression.index]
    var mask = pattern.mask
    while mask != 0 {
      sum += logits[progressions + mask.trailingZeroBitCount]
      mask &= mask - 1
    }
    return sum.isNaN ? -.infinity : sum
  }

  /// The best one to four of the allowed notes, and the sum of their logits.
  private static func chosen(_ logits: UnsafePointer<Float>, among allowed: UInt32) -> (sum: Float, mask: UInt32) {
    var (sum, mask) = (Float(0), UInt32(0))
    while mask.nonzeroBitCount < ThesaurusPattern.counts.upperBound {
      var best = -1
      for place in 0..<places where (allowed & ~mask) >> UInt32(place) & 1 == 1 && !logits[place].isNaN {
        if best < 0 || logits[place] > logits[best] { best = place }
      }
      guard best >= 0, mask == 0 || logits[best] > 0 else { break }
      sum += logits[best]
      mask |= 1 << UInt32(best)
    }
    return mask == 0 ? (-.infinity, 0) : (sum, mask)
  }

  private static let all = Progression.allCases
  private static let allowed = all.map(ThesaurusPattern.allowed(in:))
  private static let first = PatternList.all.patterns[0]
}
