// What a trained autoencoder reaches.
import Improviser
import Music
import Torch

/// Figures of a model at held-out patterns and at samples of the prior.
public struct ThesaurusFigures: Equatable, Sendable {
  /// Share of the patterns that are decoded from their own mean without a fault, 0…1.
  public var reconstruction: Double
  /// Mean divergence of the latent vectors of these patterns from the prior, in nats.
  public var divergence: Double
  /// Share of samples of the prior that mean an allowed pattern without further thought (`PatternLogits.plain`), 0…1.
  public var validity: Double
  /// Share of the decoded samples whose notes are in no training pattern, 0…1.
  public var novelty: Double
  /// Share of the decoded samples that the most frequent progression has, 0…1.
  public var largestProgression: Double
  /// Progressions that occur among the decoded samples, 0…11.
  public var progressions: Int

  /// Samples of the prior that are looked at.
  static let samples = 10_000
  /// Seed of these samples.
  private static let seed: UInt64 = 2024

  /// Measures a network at `patterns`; the samples are the same each time, and libtorch's generator is left alone.
  init(
    of network: ThesaurusNetwork, at patterns: [ThesaurusPattern], split: PatternSplit = .standard,
    samples: Int = samples
  ) throws(TorchError) {
    let (mean, logVariance) = try network.encode(PatternBatch.tensor(patterns))
    let decoded = try PatternBatch.mostProbable(network.decode(mean))
    let exact = zip(decoded, patterns).filter { $0 == $1 }.count
    reconstruction = Double(exact) / Double(max(1, patterns.count))
    divergence = try ThesaurusLoss.divergence(mean: mean, logVariance: logVariance).item()
    var random = SplitMix64(seed: Self.seed)
    let numbers = (0..<samples * network.latent).map { _ in Float(random.nextGaussian()) }
    let logits = try network.decode(Tensor(numbers, shape: [samples, network.latent]))
    let drawn = try PatternBatch.mostProbable(logits)
    let counts = drawn.reduce(into: [Progression: Int]()) { $0[$1.progression, default: 0] += 1 }
    let total = Double(max(1, samples))
    validity = try Double(PatternBatch.plain(logits).count { $0 != nil }) / total
    novelty = Double(drawn.count { split.isNovel($0) }) / total
    largestProgression = Double(counts.values.max() ?? 0) / total
    progressions = counts.count
  }

  /// One sentence for people.
  public var text: String {
    "exact reconstruction \(percent(reconstruction)), divergence \(decimals(divergence, 2)) nats; of samples of the "
      + "prior \(percent(validity)) are allowed before the search and \(percent(novelty)) novel, in \(progressions) "
      + "progressions, of which the most frequent has \(percent(largestProgression))"
  }

  private func percent(_ share: Double) -> String { decimals(100 * share, 1) + " %" }
}
