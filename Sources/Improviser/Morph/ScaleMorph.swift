// Two patterns between which a knob moves.

public import Music

/// The ends of a morph, on one tonic. Where between them one is, the setting "morph" says.
public struct ScaleMorph: Hashable, Sendable {
  /// The pitch class of the first principal tone.
  public var tonic: PitchClass
  /// The pattern at 0.
  public var start: ThesaurusPattern
  /// The pattern at 1.
  public var end: ThesaurusPattern

  /// A morph from `start` to `end`.
  public init(tonic: PitchClass = PitchClass(wrapping: 0), start: ThesaurusPattern, end: ThesaurusPattern) {
    self.tonic = tonic
    self.start = start
    self.end = end
  }
}
