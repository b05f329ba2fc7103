// Draws latent vectors from the prior.

import Foundation
import Improviser

/// Independent numbers of the standard normal distribution; the same seed draws the same vectors.
public struct LatentPrior: Sendable {
  /// What the drawing began with.
  public let seed: UInt64
  private var generator: SeededGenerator

  /// Draws from `seed` on.
  public init(seed: UInt64) {
    self.seed = seed
    generator = SeededGenerator(seed: seed)
  }

  /// The next vector of `length` numbers (Box and Muller, 1958).
  public mutating func vector(_ length: Int) -> [Float] {
    (0..<length).map { _ in
      let radius = (-2 * log(1 - generator.uniform())).squareRoot()
      return Float(radius * cos(2 * .pi * generator.uniform()))
    }
  }
}
