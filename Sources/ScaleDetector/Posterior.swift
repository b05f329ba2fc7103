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

  /// The projection to major and natural minor: every family counts for the key whose third it has, by how often music
  /// is in that family; none stays.
  public var majorMinor: Posterior {
    var projected = keys(weighing: Self.share)
    let sum = projected.reduce(0, +)
    if sum > 0 { for index in projected.indices { projected[index] *= (1 - none) / sum } }
    if hasNone { projected.append(none) }
    return Posterior(families: [.major, .naturalMinor], hasNone: hasNone, probabilities: projected)
  }

  /// How common a family is against its share of the training set, which has the rare ones as often as the others: to
  /// the question for a key, "dorian on the next tonic" is a worse answer than it seems.
  private static func share(_ family: ScaleFamily) -> Float {
    switch family {
    case .major, .naturalMinor, .harmonicMinor, .melodicMinor: 1
    case .dorian, .mixolydian: 0.5
    default: 0.2
    }
  }
}
