// What ChromaLite believes: a probability for every scale and for "no scale".
public import Music

/// Probabilities of families × 12 tonics and, where the model has it, of no scale; they add up to 1.
public struct Posterior: Sendable, Equatable {
  /// Families in the order of the probabilities.
  public let families: [ScaleFamily]
  /// Whether the last probability is that of no scale.
  public let hasNone: Bool
  /// Family-major: index = family × 12 + tonic; none is last.
  public let probabilities: [Float]

  /// - Parameter probabilities: families × 12 numbers, and one more with `hasNone`.
  public init(families: [ScaleFamily], hasNone: Bool, probabilities: [Float]) {
    precondition(probabilities.count == families.count * 12 + (hasNone ? 1 : 0), "one probability for each class")
    self.families = families
    self.hasNone = hasNone
    self.probabilities = probabilities
  }

  /// Probability of no scale; 0 for a model without that class.
  public var none: Float { hasNone ? probabilities[probabilities.count - 1] : 0 }

  /// Probability of a scale; 0 for a family that the model does not know.
  public subscript(scale: Scale) -> Float {
    guard let row = families.firstIndex(of: scale.family) else { return 0 }
    return probabilities[row * 12 + scale.tonic.rawValue]
  }

  /// The scale of a class, nil for none.
  public func scale(at index: Int) -> Scale? {
    guard index < families.count * 12 else { return nil }
    return Scale(tonic: PitchClass(wrapping: index % 12), family: families[index / 12])
  }

  /// The projection to major and natural minor: every family counts for the one whose third it has; none stays.
  public var majorMinor: Posterior {
    var projected = keys
    if hasNone { projected.append(none) }
    return Posterior(families: [.major, .naturalMinor], hasNone: hasNone, probabilities: projected)
  }
}
