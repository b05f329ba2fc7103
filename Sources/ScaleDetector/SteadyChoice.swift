// Which of the candidates is shown, so that the readout does not flicker.

/// Keeps one class until another has been better for long enough; the clearer its lead, the sooner it takes over.
/// A unit over steps of the history (5.4 a second).
struct SteadyChoice {
  /// Steps that a challenger must lead for, by its lead in probability (`Posterior.lead`).
  private static func patience(lead: Float) -> Int {
    switch lead {
    case 0.5...: 3
    case 0.2...: 8
    default: 22
    }
  }

  /// Index of the class shown; nil before the first step.
  private(set) var shown: Int?
  private var challenger: Int?
  private var steps = 0

  /// Nothing is shown any more.
  mutating func reset() { self = SteadyChoice() }

  /// Takes in a posterior.
  mutating func process(_ posterior: Posterior) {
    let best = posterior.answer
    guard let current = shown, best != current else {
      shown = best
      challenger = nil
      return
    }
    steps = challenger == best ? steps + 1 : 1
    challenger = best
    if steps >= Self.patience(lead: posterior.lead(of: best, over: current)) {
      shown = best
      challenger = nil
    }
  }
}
