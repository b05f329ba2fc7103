// Writes a trained network as the model file that ships.
import Foundation
import Neural
import Torch

/// The safetensors file of `ScaleDetector.ChromaLite`.
enum ChromaLiteFile {
  /// Writes weights in half precision (or single, for tests of exactness) with the string map that describes them.
  static func write(
    _ network: ChromaLiteNetwork, temperature: Double, notes: [String: String], as type: TensorType = .float16,
    to url: URL
  ) throws {
    let shape = network.shape
    var metadata = notes
    metadata["architecture"] = "chromalite"
    metadata["version"] = "1"
    metadata["bands"] = "\(shape.bands)"
    metadata["hidden"] = "\(shape.hidden)"
    metadata["mixing"] = "\(shape.mixing)"
    metadata["families"] = shape.families.map(\.rawValue).joined(separator: ",")
    metadata["none"] = shape.hasNone ? "true" : "false"
    metadata["temperature"] = "\(Float(temperature))"
    metadata["window"] = "\(ChromaSamples.window)"
    var writer = SafetensorsWriter(metadata: metadata)
    for (name, tensor) in network.parameters {
      try writer.add(name, shape: tensor.shape, tensor.floats(), as: type)
    }
    try writer.write(to: url)
  }
}
