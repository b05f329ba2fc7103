// The scale that is heard, with how sure that is.

public import Music

/// A detected scale and the confidence that it is the right one.
public struct DetectedScale: Hashable, Sendable {
  /// The scale.
  public var scale: Scale
  /// How probable it is that the scale is right, 0...1.
  public var confidence: Float

  /// A scale with its confidence.
  public init(scale: Scale, confidence: Float) {
    self.scale = scale
    self.confidence = confidence
  }
}
