// What a listener knows at the end of a hop.

public import Chroma
public import Music

/// One answer that the classifier considers.
public struct Candidate: Sendable, Equatable {
  /// The scale; nil for "no scale".
  public var scale: Scale?
  /// Calibrated probability, 0...1.
  public var probability: Float

  public init(scale: Scale?, probability: Float) {
    self.scale = scale
    self.probability = probability
  }
}

/// A hop's readout: the sound, the steady scale and the alternatives.
public struct ScaleReadout: Sendable {
  /// The sound itself: level, display chroma, tuning.
  public var frame: ChromaFrame
  /// The scale shown, which changes only when the evidence has changed; nil for "no scale".
  public var scale: Scale?
  /// Probability of the scale shown (or of "no scale").
  public var confidence: Float
  /// The most probable answers now, best first; empty before there is evidence.
  public var candidates: [Candidate]
  /// The pattern of the Thesaurus that the scale is; nil unless it is a symmetrical one that lasts.
  public var pattern: PatternScale?

  public init(
    frame: ChromaFrame, scale: Scale?, confidence: Float, candidates: [Candidate], pattern: PatternScale? = nil
  ) {
    self.frame = frame
    self.scale = scale
    self.confidence = confidence
    self.candidates = candidates
    self.pattern = pattern
  }
}
