// The header of a safetensors file: 8 bytes of length, then JSON that places every tensor in the bytes behind it.
import Foundation

/// Parsed and checked header. Layout: little-endian UInt64 length n, n bytes of JSON, then the tensors without holes.
/// Source: the safetensors format, https://github.com/huggingface/safetensors.
struct SafetensorsHeader {
  /// The format's own bound on the JSON.
  static let largestHeader = 100_000_000
  static let metadataKey = "__metadata__"

  struct Placement {
    let declaration: TensorDeclaration
    /// Bytes relative to the end of the header.
    let range: Range<Int>
  }

  var metadata: [String: String] = [:]
  var placements: [String: Placement] = [:]
  /// Bytes from the start of the file to the first tensor.
  var byteCount = 0

  /// What is wrong, without the file's name.
  struct Fault: Error {
    let kind: ModelError.Kind
    let problem: String
    init(_ kind: ModelError.Kind, _ problem: String) {
      self.kind = kind
      self.problem = problem
    }
  }

  /// Reads the header of `file` and checks that the tensors fill the rest of it exactly, without holes or overlaps.
  init(file: Data) throws(Fault) {
    guard file.count > 8 else { throw Fault(.truncated, "has \(file.count) bytes, too few for a model") }
    var length: UInt64 = 0
    for (index, byte) in file.prefix(8).enumerated() { length |= UInt64(byte) << UInt64(8 * index) }
    guard length <= UInt64(Self.largestHeader) else {
      throw Fault(.malformed, "is no safetensors file (its header would have \(length) bytes)")
    }
    let start = 8 + Int(length)
    guard file.count >= start else {
      throw Fault(.truncated, "ends inside its header (\(file.count) of \(start) bytes)")
    }
    let json = file.subdata(in: file.startIndex + 8..<file.startIndex + start)
    guard json.first == UInt8(ascii: "{") else {
      throw Fault(.malformed, "is no safetensors file (its header does not begin with a brace)")
    }
    let parsed: HeaderJSON
    do {
      parsed = try JSONDecoder().decode(HeaderJSON.self, from: json)
    } catch {
      throw Fault(.malformed, "has a damaged header")
    }
    byteCount = start
    metadata = parsed.metadata
    try place(parsed.entries, dataBytes: file.count - start)
  }

  private mutating func place(_ entries: [String: HeaderJSON.Entry], dataBytes: Int) throws(Fault) {
    for (name, entry) in entries {
      guard let type = TensorType(rawValue: entry.dtype) else {
        throw Fault(.unsupported, "stores tensor \"\(name)\" as \(entry.dtype), which is not F32, F16, I32 or I64")
      }
      let declaration = TensorDeclaration(name: name, type: type, shape: entry.shape)
      guard let bytes = declaration.byteCount else {
        throw Fault(.malformed, "gives tensor \"\(name)\" an impossible shape \(entry.shape)")
      }
      let offsets = entry.data_offsets
      guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] - offsets[0] == bytes else {
        throw Fault(.malformed, "gives tensor \"\(name)\" \(offsets) as its place, but its shape needs \(bytes) bytes")
      }
      placements[name] = Placement(declaration: declaration, range: offsets[0]..<offsets[1])
    }
    var end = 0
    let inOrder = placements.values.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for placement in inOrder {
      guard placement.range.lowerBound == end else {
        throw Fault(.malformed, "has tensors that overlap or leave a hole at \"\(placement.declaration.name)\"")
      }
      end = placement.range.upperBound
    }
    guard end <= dataBytes else {
      throw Fault(.truncated, "is cut off: it has \(dataBytes) of \(end) bytes of tensors")
    }
    guard end == dataBytes else {
      throw Fault(.malformed, "has \(dataBytes - end) bytes behind its last tensor")
    }
  }

  /// The bytes of a header (length, JSON padded to a multiple of 8) for tensors that follow each other in this order.
  static func bytes(metadata: [String: String], tensors: [TensorDeclaration]) throws(Fault) -> Data {
    var object: [String: Any] = [:]
    if !metadata.isEmpty { object[metadataKey] = metadata }
    var offset = 0
    for tensor in tensors {
      guard let bytes = tensor.byteCount, case let (end, overflow) = offset.addingReportingOverflow(bytes), !overflow
      else { throw Fault(.unwritable, "cannot hold tensor \"\(tensor.name)\" of shape \(tensor.shape)") }
      guard tensor.name != metadataKey, object[tensor.name] == nil else {
        throw Fault(.unwritable, "cannot hold two tensors named \"\(tensor.name)\"")
      }
      object[tensor.name] = [
        "dtype": tensor.type.rawValue, "shape": tensor.shape, "data_offsets": [offset, end],
      ] as [String: Any]
      offset = end
    }
    var json: Data
    do {
      json = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    } catch {
      throw Fault(.unwritable, "cannot be given this header")
    }
    // Spaces up to a multiple of 8, so that mapped tensors lie aligned.
    json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    var bytes = Data((0..<8).map { UInt8(truncatingIfNeeded: UInt64(json.count) >> UInt64(8 * $0)) })
    bytes.append(json)
    return bytes
  }
}

/// The JSON object of a header: one entry a tensor and the string map.
private struct HeaderJSON: Decodable {
  struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  var metadata: [String: String] = [:]
  var entries: [String: Entry] = [:]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      if key.stringValue == SafetensorsHeader.metadataKey {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
  }
}
