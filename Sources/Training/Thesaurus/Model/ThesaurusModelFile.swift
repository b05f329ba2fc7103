// Writes the trained autoencoder as the model file that ships.
import Foundation
import Improviser
import Neural
import Torch

/// The safetensors file of `Improviser.ThesaurusModel`.
enum ThesaurusModelFile {
  /// Writes weights in single precision (or half) with the string map that describes them. A file that holds the name
  /// is replaced when the new one is complete.
  static func write(
    _ network: ThesaurusNetwork, notes: [String: String], as type: TensorType = .float32, to url: URL
  ) throws {
    var metadata = notes
    metadata["architecture"] = ThesaurusModel.architecture
    metadata["version"] = ThesaurusModel.version
    metadata["latent"] = "\(network.latent)"
    metadata["hidden"] = "\(network.hidden)"
    var writer = SafetensorsWriter(metadata: metadata)
    for (name, tensor) in network.parameters {
      try writer.add(name, shape: tensor.shape, tensor.floats(), as: type)
    }
    try writer.write(to: url)
  }
}
