// How much a context leaves to the shorter ones.

/// The escape methods of prediction by partial matching. With t observations in a context, d different symbols and s
/// symbols seen once, a symbol that was seen c times there has the probability (c - δ + m p) / t', p being what the
/// next shorter context says, m the mass left to it and t' the sum.
/// Source: Pearce and Wiggins, "Improved methods for statistical modelling of monophonic music", Journal of New Music
/// Research 33 (2004), 367-385.
public enum NGramEscape: String, CaseIterable, Sendable {
  /// One virtual observation for all that is new.
  case a
  /// A symbol counts from its second occurrence on.
  case b
  /// As many virtual observations as different symbols.
  case c
  /// Half an observation of every symbol is taken away.
  case d
  /// As many virtual observations as symbols seen once, and one.
  case ax

  /// What is taken from each count.
  var discount: Float {
    switch self {
    case .a, .c, .ax: 0
    case .b: 1
    case .d: 0.5
    }
  }

  /// Observations that go to the shorter contexts.
  func mass(distinct: Int, singles: Int) -> Float {
    switch self {
    case .a: 1
    case .b, .c: Float(distinct)
    case .d: 0.5 * Float(distinct)
    case .ax: Float(singles + 1)
    }
  }

  /// Multiplies what the shorter contexts say (`probabilities`) by their share; returns the weight of one observation.
  func leave(
    total: Int, distinct: Int, singles: Int, in probabilities: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let mass = mass(distinct: distinct, singles: singles)
    let kept = Float(total) - discount * Float(distinct)
    let unit = 1 / (kept + mass)
    let share = mass * unit
    for index in probabilities.indices { probabilities[index] *= share }
    return unit
  }
}
