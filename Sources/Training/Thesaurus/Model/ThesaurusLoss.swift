// What the training of the autoencoder makes small.
import Improviser
import Torch

/// The terms of the negative evidence lower bound (Kingma and Welling 2014), in nats a pattern.
enum ThesaurusLoss {
  /// How much `logits` [N, 36] are surprised by `patterns` [N, 36]: the cross entropy of the choice of a progression
  /// and of the 25 independent places of added notes, added up; the mean over the rows.
  static func reconstruction(_ logits: Tensor, of patterns: Tensor) throws(TorchError) -> Tensor {
    let (choice, places) = (0..<PatternLogits.progressions, PatternLogits.progressions..<PatternLogits.count)
    let progression = try patterns.slice(1, choice) * logits.slice(1, choice).logSoftmax(over: 1)
    let notes = try logits.slice(1, places)
    // -log sigmoid without overflow: max(x, 0) - x · y + log(1 + exp(-|x|)).
    let certainty = try ((-notes.abs()).exp() + 1).log()
    let surprise = try notes.relu() - notes * patterns.slice(1, places) + certainty
    return try (surprise.sum() - progression.sum()) / Double(max(1, patterns.shape.first ?? 1))
  }

  /// The Kullback-Leibler divergence of normal distributions from the prior N(0, I), from means and logarithms of
  /// variances [N, Z]; the mean over the rows.
  static func divergence(mean: Tensor, logVariance: Tensor) throws(TorchError) -> Tensor {
    let terms = try mean.square() + logVariance.exp() - logVariance - 1
    return try terms.sum() / (2 * Double(max(1, mean.shape.first ?? 1)))
  }
}
