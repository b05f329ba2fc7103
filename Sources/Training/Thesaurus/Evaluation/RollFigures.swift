// The seed project's own metrics, on its roll of 37 notes and 63 pitches.

import Foundation

/// What the seed project measured, as it did (metrics.py of github.com/benjasaldias/Symbolic-Music-Generation).
public struct RollFigures: Sendable, Codable, Hashable {
  /// Samples that fit the roll; the others are left out of what follows.
  public var fitting: Share
  /// Mean share of the 2,331 numbers that are 1.
  public var sparseness: Double
  /// Mean share of the 63 pitches that occur in a roll.
  public var coverage: Double
  /// Rolls that are those of no training pattern.
  public var difference: Share
  /// Kullback and Leibler's divergence of the latent vectors from the prior, nats a pattern; nil without such vectors.
  public var divergence: Double?

  /// Measures samples.
  init(_ samples: [PatternSample], training: Set<PatternRoll>, divergence: Double?) {
    let rolls = samples.compactMap(\.roll)
    fitting = Share(rolls.count, of: samples.count)
    let count = Double(max(1, rolls.count))
    sparseness = rolls.reduce(0) { $0 + $1.sparseness } / count
    coverage = rolls.reduce(0) { $0 + $1.coverage } / count
    difference = Share(rolls.map { !training.contains($0) })
    self.divergence = divergence
  }

  /// -½ Σ (1 + s - m² - eˢ) over the numbers of one latent vector, of which m is the mean and s the logarithm of the
  /// variance.
  static func divergence(mean: [Float], logVariance: [Float]) -> Double {
    zip(mean, logVariance).reduce(0) { sum, pair in
      let (m, s) = (Double(pair.0), Double(pair.1))
      return sum - 0.5 * (1 + s - m * m - exp(s))
    }
  }
}
