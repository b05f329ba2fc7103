// The variational autoencoder over patterns, for training.
import Improviser
import Torch

/// The network that `Improviser.ThesaurusModel` runs, with the same names and shapes: tanh layers 36 → H → H and from
/// there mean and logarithm of the variance of the latent vector, then Z → H → H → 36 logits.
///
/// Kingma and Welling, "Auto-Encoding Variational Bayes" (2014). For one thread.
struct ThesaurusNetwork: Module {
  let latent: Int
  let hidden: Int
  private let encoder, decoder: [LinearLayer]
  private let mean, logVariance, logits: LinearLayer

  /// Random weights from libtorch's generator.
  init(latent: Int, hidden: Int) throws(TorchError) {
    (self.latent, self.hidden) = (latent, hidden)
    encoder = [
      try LinearLayer(inputs: PatternLogits.count, outputs: hidden), try LinearLayer(inputs: hidden, outputs: hidden),
    ]
    mean = try LinearLayer(inputs: hidden, outputs: latent)
    logVariance = try LinearLayer(inputs: hidden, outputs: latent)
    decoder = [
      try LinearLayer(inputs: latent, outputs: hidden), try LinearLayer(inputs: hidden, outputs: hidden),
    ]
    logits = try LinearLayer(inputs: hidden, outputs: PatternLogits.count)
  }

  /// The parameters by the names of the model file.
  var parameters: [(name: String, tensor: Tensor)] {
    encoder[0].parameters(under: "encoder.0") + encoder[1].parameters(under: "encoder.1")
      + mean.parameters(under: "mean") + logVariance.parameters(under: "log_variance")
      + decoder[0].parameters(under: "decoder.0") + decoder[1].parameters(under: "decoder.1")
      + logits.parameters(under: "logits")
  }

  /// Patterns as numbers [N, 36] give the mean and the logarithm of the variance, [N, Z] each.
  func encode(_ patterns: Tensor) throws(TorchError) -> (mean: Tensor, logVariance: Tensor) {
    let features = try encoder[1](encoder[0](patterns).tanh()).tanh()
    return (try mean(features), try logVariance(features))
  }

  /// Latent vectors [N, Z] give logits [N, 36].
  func decode(_ vectors: Tensor) throws(TorchError) -> Tensor {
    try logits(decoder[1](decoder[0](vectors).tanh()).tanh())
  }
}
