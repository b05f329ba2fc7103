// Which part of a history an example is cut from, and how its bands are scaled.
import Foundation

/// A part of a sample, as one example of one epoch.
struct ChromaCut: Equatable {
  /// The sample's place in the data set.
  let sample: Int
  /// First step and number of steps.
  let start: Int
  let steps: Int
  /// Factor of each of the three bands.
  var gains: [Float]

  /// History steps a second: a hop of 256 at 11025 Hz, every 8th.
  static let stepsASecond = 11025.0 / 2048

  /// The whole sample, or its first `seconds`, as it is.
  init(whole sample: Int, steps: Int) {
    self.sample = sample
    self.start = 0
    self.steps = steps
    gains = [1, 1, 1]
  }

  /// Length log-uniform in 1.5–30 s, from the beginning with probability 0.75 (a listener hears beginnings),
  /// bands scaled at random (an instrument's balance of registers is not its key).
  init(sample: Int, available: Int, random: inout SplitMix64) {
    let seconds = exp(random.uniform(log(1.5)...log(30.0)))
    let wanted = Int((seconds * Self.stepsASecond).rounded())
    let fromBeginning = random.chance(0.75)
    let place = random.nextDouble()
    self.sample = sample
    steps = max(1, min(available, wanted))
    start = fromBeginning ? 0 : Int(place * Double(available - steps + 1))
    gains = (0..<3).map { _ in Float(exp(0.3 * random.nextGaussian())) }
  }
}
