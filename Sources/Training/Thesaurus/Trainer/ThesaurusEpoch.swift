// What was seen during one pass of a training of the autoencoder.

/// One row of the history: means a pattern, in nats.
struct ThesaurusEpoch: Equatable {
  /// Surprise at the patterns.
  var reconstruction: Double
  /// Divergence from the prior.
  var divergence: Double
  /// Surprise of the decoder at its own most probable patterns of vectors of the prior.
  var prior: Double

  /// Numbers of a row in a checkpoint.
  static let width = 3

  /// The row as numbers.
  var numbers: [Double] { [reconstruction, divergence, prior] }

  init(reconstruction: Double = 0, divergence: Double = 0, prior: Double = 0) {
    (self.reconstruction, self.divergence, self.prior) = (reconstruction, divergence, prior)
  }

  /// Reads the numbers of a checkpoint, `width` of them.
  init(numbers: ArraySlice<Double>) {
    let numbers = Array(numbers)
    self.init(reconstruction: numbers[0], divergence: numbers[1], prior: numbers[2])
  }

  /// Adds what a step saw, as a share of the pass.
  mutating func add(_ other: ThesaurusEpoch, share: Double) {
    reconstruction += share * other.reconstruction
    divergence += share * other.divergence
    prior += share * other.prior
  }

  /// For people.
  var text: String {
    "reconstruction \(decimals(reconstruction, 3)), divergence \(decimals(divergence, 2)), "
      + "prior \(decimals(prior, 3)) nats"
  }
}
