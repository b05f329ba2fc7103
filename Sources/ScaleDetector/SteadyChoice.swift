// Which of the candidates is shown, so that the readout does not flicker.

/// Keeps one class until another has been better for long enough; the clearer its lead, the sooner it takes over.
/// A unit over steps of the history (5.4 a second).
struct SteadyChoice {
  /// Steps that a challenger must lead for, by its lead in probability.
  private static func patience(lead: Float) -> Int {
    switch lead {
    case 0.5...: 2
    case 0.2...: 5
    default: 11
    }
  }

  /// Index of the class shown; nil before the first step.
  private(set) var shown: Int?
  private var challenger: Int?
  private var steps = 0

  /// Nothing is shown any more.
  mutating func reset() { self = SteadyChoice() }

  /// Takes in a posterior.
  /// - Parameter probabilities: one for each class, never empty.
  mutating func process(_ probabilities: [Float]) {
    guard let best = probabilities.indices.max(by: { probabilities[$0] < probabilities[$1] }) else { return }
    guard let current = shown, best != current else {
      shown = best
      challenger = nil
      return
    }
    steps = challenger == best ? steps + 1 : 1
    challenger = best
    if steps >= Self.patience(lead: probabilities[best] - probabilities[current]) {
      shown = best
      challenger = nil
    }
  }
}
