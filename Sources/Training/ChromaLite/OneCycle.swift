// The learning rate over a training: up, then down.
import Foundation

/// One cycle (Smith and Topin 2017): from `start` to `peak` over the first 30 % of the steps, then to nearly nothing,
/// both along half a cosine.
struct OneCycle {
  let start: Double
  let peak: Double
  let steps: Int

  private static let risingShare = 0.3
  /// The last rate as a share of the first.
  private static let end = 1e-3

  /// The rate of step 0..<steps.
  func rate(at step: Int) -> Double {
    let place = Double(step) / Double(max(1, steps - 1))
    if place < Self.risingShare { return blend(start, peak, place / Self.risingShare) }
    return blend(peak, start * Self.end, min(1, (place - Self.risingShare) / (1 - Self.risingShare)))
  }

  private func blend(_ from: Double, _ to: Double, _ place: Double) -> Double {
    from + (to - from) * (1 - cos(.pi * place)) / 2
  }
}
