// The seed project's network, repeated from its description.
import Torch

/// A variational autoencoder over rolls of 37 notes and 63 pitches: 2331-256-12 and back, 1,205,555 numbers.
///
/// As in the seed, the second head is the factor of the noise when a vector is drawn, and the logarithm of the variance
/// when the divergence is reckoned; at its least divergence the factor is 0, so that training draws hardly any noise.
struct SeedRollNetwork: Module {
  /// Numbers of a latent vector.
  static let latent = 12
  private static let hidden = 256

  private let encoder, mean, spread, decoder, output: LinearLayer

  /// A network with random weights from libtorch's generator.
  init() throws(TorchError) {
    encoder = try LinearLayer(inputs: PatternRoll.size, outputs: Self.hidden)
    mean = try LinearLayer(inputs: Self.hidden, outputs: Self.latent)
    spread = try LinearLayer(inputs: Self.hidden, outputs: Self.latent)
    decoder = try LinearLayer(inputs: Self.latent, outputs: Self.hidden)
    output = try LinearLayer(inputs: Self.hidden, outputs: PatternRoll.size)
  }

  var parameters: [(name: String, tensor: Tensor)] {
    encoder.parameters(under: "encoder") + mean.parameters(under: "mean") + spread.parameters(under: "spread")
      + decoder.parameters(under: "decoder") + output.parameters(under: "output")
  }

  /// Rolls [batch, 2331] give the two heads, [batch, 12] each.
  func encode(_ rolls: Tensor) throws(TorchError) -> (mean: Tensor, spread: Tensor) {
    let features = try encoder(rolls).relu()
    return (try mean(features), try spread(features))
  }

  /// Latent vectors [batch, 12] give logits [batch, 2331], whose sigmoid is the roll.
  func decode(_ latent: Tensor) throws(TorchError) -> Tensor { try output(decoder(latent).relu()) }

  /// Binary cross-entropy and divergence, both summed over a roll, nats a roll; a scalar.
  func loss(_ rolls: Tensor) throws(TorchError) -> Tensor {
    let (mean, spread) = try encode(rolls)
    let logits = try decode(mean + spread * Tensor.normal(spread.shape))
    // -x log σ(l) - (1 - x) log(1 - σ(l)) = max(l, 0) - l x + log(1 + e^-|l|)
    let entropy = try logits.relu() - logits * rolls + ((-logits.abs()).exp() + 1).log()
    let divergence = try (mean.square() + spread.exp() - spread - 1) * 0.5
    return try (entropy.sum() + divergence.sum()) / Double(max(1, rolls.shape[0]))
  }
}
