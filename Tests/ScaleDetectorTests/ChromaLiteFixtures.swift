// Models and histories for the tests of ChromaLite.
import Foundation
import Music
import Neural
import Testing

@testable import ScaleDetector

/// Opens a file that scripts/golden/chromalite.py wrote; the neural tests carry it as a resource.
func golden(_ name: String) throws -> SafetensorsFile {
  try SafetensorsFile(contentsOf: goldenFile(name))
}

func goldenFile(_ name: String) -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../NeuralTests/Golden").appending(path: name).standardizedFileURL
}

/// A small generator, so that every run tests the same numbers.
struct TestGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// A model file with random weights, `change` applied to its parts before it is written.
struct ModelFixture {
  var metadata: [String: String]
  var tensors: [(name: String, shape: [Int], values: [Float])] = []

  init(bands: Int = 3, hidden: Int = 1, mixing: Int = 1, families: [ScaleFamily] = [.major], none: Bool = true) {
    metadata = [
      "architecture": "chromalite", "version": "1", "bands": "\(bands)", "hidden": "\(hidden)", "mixing": "\(mixing)",
      "families": families.map(\.rawValue).joined(separator: ","), "none": "\(none)", "window": "161",
    ]
    var generator = TestGenerator(state: 3)
    func add(_ name: String, _ shape: [Int]) {
      let count = shape.reduce(1, *)
      tensors.append((name, shape, (0..<count).map { _ in Float.random(in: -0.5...0.5, using: &generator) }))
    }
    let statistics = 2 * hidden + 3 * bands
    for (name, inputs, outputs) in [
      ("a", bands, hidden), ("b", hidden, hidden), ("p", statistics, mixing), ("q", mixing, mixing),
    ] {
      add(name + ".weight", [outputs, inputs, 12])
      add(name + ".bias", [outputs])
    }
    add("out.weight", [families.count, mixing])
    add("out.bias", [families.count])
    if none {
      add("none.weight", [1, mixing])
      add("none.bias", [1])
    }
  }

  /// The model as bytes of a file.
  func data(as type: TensorType = .float32) throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: "model.safetensors")
    var writer = SafetensorsWriter(metadata: metadata)
    for tensor in tensors { try writer.add(tensor.name, shape: tensor.shape, tensor.values, as: type) }
    defer { try? FileManager.default.removeItem(at: folder) }
    try writer.write(to: url)
    return try Data(contentsOf: url)
  }
}

extension ChromaLite {
  /// Loads the bytes of a model file.
  convenience init(data: Data) throws(ModelError) { try self.init(SafetensorsFile(data: data, name: "model")) }
}

/// Random features, [steps, 3, 12].
func randomHistory(steps: Int, seed: UInt64 = 1) -> [Float] {
  var generator = TestGenerator(state: seed)
  return (0..<steps * 36).map { _ in Float.random(in: 0...1, using: &generator) }
}

extension ChromaLiteStream {
  /// Appends every step of [steps, 3, 12].
  func feed(_ history: [Float]) {
    history.withUnsafeBufferPointer { features in
      for start in stride(from: 0, to: features.count, by: 36) {
        process(UnsafeBufferPointer(rebasing: features[start..<start + 36]))
      }
    }
  }
}
