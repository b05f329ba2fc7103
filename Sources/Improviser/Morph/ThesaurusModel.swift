// The variational autoencoder over patterns, loaded from its model file.

public import Foundation
public import Music
public import Neural

/// Weights of the encoder and the decoder; both are two hidden layers with tanh.
///
/// Kingma and Welling, "Auto-Encoding Variational Bayes" (2014). The encoder reads the 36 numbers of `PatternLogits`
/// and gives the mean and the logarithm of the variance of the latent vector; the decoder gives 36 logits. Immutable
/// after loading: any thread. `PatternDecoder` decodes while playing.
public final class ThesaurusModel: Sendable {
  /// Value of the metadata "architecture" and "version" that this code runs.
  public static let architecture = "thesaurus-vae"
  public static let version = "1"
  /// What errors tell the user to do.
  public static let remedy = "Make the model again with \"antiphon-train thesaurus train\" or copy the file anew"

  /// Numbers in a latent vector.
  public let latent: Int
  /// Units of each hidden layer.
  public let hidden: Int
  /// The string map of the file: data, licence, command, seed, figures.
  public let metadata: [String: String]
  let decoder: [DenseLayer]
  private let encoder: [DenseLayer]
  private let mean, logVariance: DenseLayer

  /// Loads a model file and checks everything about it.
  public convenience init(contentsOf url: URL) throws(ModelError) {
    try self.init(SafetensorsFile(contentsOf: url, remedy: Self.remedy))
  }

  /// Loads a model from an open file.
  public init(_ opened: SafetensorsFile) throws(ModelError) {
    let file = opened.replacing(remedy: Self.remedy)
    try file.verifyChecksum()
    guard file.metadata["architecture"] == Self.architecture else {
      throw file.fault(
        .unsupported, "holds \(file.metadata["architecture"] ?? "no architecture"), not \(Self.architecture)")
    }
    guard file.metadata["version"] == Self.version else {
      throw file.fault(.unsupported, "has version \(file.metadata["version"] ?? "none"), not \(Self.version)")
    }
    guard let shape = file.tensors.first(where: { $0.name == "decoder.0.weight" })?.shape, shape.count == 2,
      (1...64).contains(shape[1]), (1...1024).contains(shape[0])
    else { throw file.fault(.shape, "has no decoder of 1 to 64 latent numbers and 1 to 1024 hidden units") }
    let (hidden, latent, values) = (shape[0], shape[1], PatternLogits.count)
    let tensors = NoteModelTensors(file: file, precision: .float32, instructions: .best)
    encoder = [
      try tensors.dense("encoder.0", inputs: values, outputs: hidden),
      try tensors.dense("encoder.1", inputs: hidden, outputs: hidden),
    ]
    mean = try tensors.dense("mean", inputs: hidden, outputs: latent)
    logVariance = try tensors.dense("log_variance", inputs: hidden, outputs: latent)
    decoder = [
      try tensors.dense("decoder.0", inputs: latent, outputs: hidden),
      try tensors.dense("decoder.1", inputs: hidden, outputs: hidden),
      try tensors.dense("logits", inputs: hidden, outputs: values),
    ]
    self.hidden = hidden
    self.latent = latent
    metadata = file.metadata
  }

  /// Mean and logarithm of the variance of a pattern's latent vector, [latent] each. Allocates; any thread.
  public func encode(_ pattern: ThesaurusPattern) -> (mean: [Float], logVariance: [Float]) {
    var (input, output) = (PatternLogits.values(of: pattern), [Float](repeating: 0, count: hidden.roundedUpToPanel))
    for layer in encoder {
      layer.process(input, &output)
      for index in 0..<hidden { output[index] = tanh(output[index]) }
      swap(&input, &output)
      output = [Float](repeating: 0, count: hidden.roundedUpToPanel)
    }
    var (centre, spread) = (output, output)
    mean.process(input, &centre)
    logVariance.process(input, &spread)
    return (Array(centre.prefix(latent)), Array(spread.prefix(latent)))
  }
}
