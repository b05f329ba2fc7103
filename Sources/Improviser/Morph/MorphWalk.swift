// An evenly spaced row of patterns on the way from one latent vector to another.

public import Music

/// Patterns between two ends, of which neighbours differ in few notes.
///
/// Vectors at equal distances do not give patterns at equal distances: the decoder gives one pattern over a stretch and
/// then changes several notes at once. So the way is decoded densely; where neighbours differ in more than `limit`
/// notes the most probable patterns that lie between are put in; and of the whole row as many are chosen as are asked
/// for, at nearly equal distances in changed notes, preferring those that lead away from the start and towards the end.
/// That is for rows that are shown; a knob that is turned decodes plainly (`PatternMorph`).
public struct MorphWalk: Sendable {
  /// A pattern of the row.
  public struct Step: Hashable, Sendable {
    /// Where on the way, 0…1, it was decoded. What was put in between two decodings has the place of the second.
    public var position: Float
    /// The pattern.
    public var pattern: ThesaurusPattern
  }

  /// By how many notes neighbours may differ.
  public static let limit = 3
  /// Stretches into which the way is cut, and how often a stretch with a jump in it is halved.
  private static let (stretches, halvings) = (256, 10)

  /// The row, with its two ends.
  public let steps: [Step]

  /// Walks from `start` to `end`. Takes some milliseconds; the decoder's thread.
  ///
  /// - Parameters:
  ///   - start: a latent vector of the model; `end` is another.
  ///   - count: patterns in the row with its ends, at least 2. Any ends can be joined in steps of at most `limit` notes
  ///     by a row of four; a shorter row may have to jump.
  ///   - first: the pattern at the start, where that is not to be what the vector decodes to; `last` likewise.
  public init(
    from start: [Float], to end: [Float], path: LatentPath, count: Int, decoder: PatternDecoder,
    first: ThesaurusPattern? = nil, last: ThesaurusPattern? = nil
  ) {
    self.init(count: count, first: first, last: last) { position in
      decoder.logits(path.point(from: start, to: end, at: position))
    }
  }

  /// Walks where `logits` gives the 36 numbers of `PatternLogits` at a place 0…1.
  init(
    count: Int, first: ThesaurusPattern? = nil, last: ThesaurusPattern? = nil, logits: (Float) -> [Float]
  ) {
    func decode(_ position: Float) -> ThesaurusPattern { PatternLogits.mostProbable(logits(position)) }
    var all = [Step(position: 0, pattern: first ?? decode(0))]
    /// Up to where the way gives the last pattern of the row.
    var reached: Float = 0
    func add(_ step: Step, halvings: Int) {
      guard let before = all.last, step.pattern != before.pattern else { return reached = step.position }
      if before.pattern.changedNotes(to: step.pattern) > Self.limit {
        if halvings > 0 {
          let middle = (reached + step.position) / 2
          add(Step(position: middle, pattern: decode(middle)), halvings: halvings - 1)
          return add(step, halvings: halvings - 1)
        }
        all += MorphBridge.between(before.pattern, step.pattern, limit: Self.limit, logits: logits(step.position)).map {
          Step(position: step.position, pattern: $0)
        }
      }
      all.append(step)
      reached = step.position
    }
    for stretch in 1..<Self.stretches {
      let position = Float(stretch) / Float(Self.stretches)
      add(Step(position: position, pattern: decode(position)), halvings: Self.halvings)
    }
    add(Step(position: 1, pattern: last ?? decode(1)), halvings: Self.halvings)
    steps = MorphSpacing(all.map(\.pattern), limit: Self.limit).chosen(max(2, count)).map { all[$0] }
  }
}
