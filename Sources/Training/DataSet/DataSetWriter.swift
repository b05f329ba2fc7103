// Writes samples as tensors of one safetensors file; memory does not grow with their number.
import Foundation
import Music
import Neural

/// The safetensors form of a data set.
///
/// Tensors: "chroma" F16 [N, steps, 3, 12]; "frames", "tonic" (-1 none), "families" (bit f: family f is right),
/// "kind", "condition", "split" I32 [N]; "index" I64 [N].
final class DataSetWriter: SampleSink {
  private let writer: SafetensorsStreamWriter

  /// - Parameters:
  ///   - count: samples that will be written, exactly.
  ///   - metadata: the file's string map.
  init(to url: URL, count: Int, steps: Int, metadata: [String: String]) throws {
    let labels = ["frames", "tonic", "families", "kind", "condition", "split"]
    let shape = [count, steps, DataSetShape.bands, DataSetShape.pitchClasses]
    let tensors =
      [TensorDeclaration(name: "chroma", type: .float16, shape: shape)]
      + labels.map { TensorDeclaration(name: $0, type: .int32, shape: [count]) }
      + [TensorDeclaration(name: "index", type: .int64, shape: [count])]
    writer = try SafetensorsStreamWriter(to: url, metadata: metadata, tensors: tensors)
  }

  func write(_ example: Example, features: [Float16]) throws {
    try writer.append(features, to: "chroma")
    try append(example.frames, to: "frames")
    try append(example.tonic, to: "tonic")
    try append(example.families, to: "families")
    try append(example.kind.rawValue, to: "kind")
    try append(example.condition.rawValue, to: "condition")
    try append(example.split.number, to: "split")
    try writer.append([Int64(example.index)], to: "index")
  }

  func finish() throws { try writer.finish() }

  private func append(_ value: Int, to name: String) throws { try writer.append([Int32(value)], to: name) }
}
