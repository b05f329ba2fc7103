// Reads any safetensors file, for the tests.

import Foundation

/// The header and the bytes of a file; the element types may be any.
struct SafetensorsText {
  struct Tensor {
    var type: String
    var shape: [Int]
    var bytes: Data
  }

  var metadata: [String: String] = [:]
  var tensors: [String: Tensor] = [:]

  init(_ url: URL) throws {
    let data = try Data(contentsOf: url)
    let length = data.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    let header = try JSONSerialization.jsonObject(with: data.subdata(in: 8..<8 + length)) as? [String: Any] ?? [:]
    for (name, value) in header {
      if name == "__metadata__" {
        metadata = value as? [String: String] ?? [:]
      } else if let entry = value as? [String: Any], let type = entry["dtype"] as? String,
        let shape = entry["shape"] as? [Int], let place = entry["data_offsets"] as? [Int]
      {
        let bytes = data.subdata(in: 8 + length + place[0]..<8 + length + place[1])
        tensors[name] = Tensor(type: type, shape: shape, bytes: bytes)
      }
    }
  }

  func numbers<Number: BitwiseCopyable>(_ name: String, as type: Number.Type) -> [Number] {
    let bytes = tensors[name]?.bytes ?? Data()
    let size = MemoryLayout<Number>.size
    return bytes.withUnsafeBytes { raw in
      (0..<raw.count / size).map { raw.loadUnaligned(fromByteOffset: $0 * size, as: type) }
    }
  }

  func list(_ key: String) throws -> [String] {
    try JSONDecoder().decode([String].self, from: Data((metadata[key] ?? "[]").utf8))
  }
}
