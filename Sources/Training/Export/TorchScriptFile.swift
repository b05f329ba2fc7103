// Writes network graphs as TorchScript modules.
import Foundation
import Torch

/// The `.pt` file of a network, for torch.jit.load.
enum TorchScriptFile {
  /// Writes the module with its source; the metadata lies in the file as "metadata.json".
  static func write(_ graph: NetworkGraph, metadata: [String: String], to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    let json = String(decoding: try encoder.encode(metadata), as: UTF8.self)
    try ScriptModule.write(
      graph.name, parameters: try graph.parameters.map(tensor), buffers: try graph.buffers.map(tensor),
      source: graph.source, metadata: json, to: url)
  }

  private static func tensor(_ weight: NetworkGraph.Weight) throws(TorchError) -> (name: String, tensor: Tensor) {
    let name = NetworkGraph.identifier(weight.name)
    guard weight.integers.isEmpty else {
      return (name, try Tensor(weight.integers.map { Int64($0) }, shape: weight.shape))
    }
    return (name, try Tensor(weight.floats, shape: weight.shape))
  }
}
