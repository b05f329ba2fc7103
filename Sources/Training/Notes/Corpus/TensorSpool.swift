// Tensors whose lengths are known only at the end.

import Foundation

/// Writes a safetensors file of columns that grow row by row; each waits in a hidden file until `publish`. The element
/// types may be any of the format (https://github.com/huggingface/safetensors). For one thread at a time.
final class TensorSpool {
  /// A tensor without its first extent.
  struct Column {
    var name: String
    /// As the format names it: "F64", "I32", "U8".
    var type: String
    /// Bytes of an element.
    var size: Int
    /// The extents behind the first.
    var inner: [Int] = []
  }

  private struct Entry: Encodable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  let url: URL
  private let columns: [Column]
  private var spools: [String: SpoolFile] = [:]

  /// Begins a file; the tensors will lie in the order of `columns`.
  init(to url: URL, columns: [Column]) throws(CorpusError) {
    self.url = url
    self.columns = columns
    for column in columns { spools[column.name] = try SpoolFile(for: url) }
  }

  /// Appends elements to a column.
  func append<Number: BitwiseCopyable>(_ numbers: [Number], to name: String) throws(CorpusError) {
    try spools[name]?.append(numbers: numbers)
  }

  /// The whole file, on the disk and ready to be published.
  func complete(metadata: [String: String]) throws -> SpoolFile {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var parts = ["\"__metadata__\":" + String(decoding: try encoder.encode(metadata), as: UTF8.self)]
    var offset = 0
    for column in columns {
      try spools[column.name]?.complete()
      let bytes = spools[column.name]?.count ?? 0
      let row = column.inner.reduce(column.size, *)
      let entry = Entry(
        dtype: column.type, shape: [bytes / row] + column.inner, data_offsets: [offset, offset + bytes])
      parts.append("\"\(column.name)\":" + String(decoding: try encoder.encode(entry), as: UTF8.self))
      offset += bytes
    }
    var header = Array(("{" + parts.joined(separator: ",") + "}").utf8)
    // Spaces bring the first tensor to a multiple of eight bytes.
    header += repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    let file = try SpoolFile(for: url)
    try file.append(numbers: [UInt64(header.count).littleEndian])
    try file.append(header)
    for column in columns {
      // What was copied is removed at once: the disk holds it twice for as short as possible.
      guard let spool = spools.removeValue(forKey: column.name) else { continue }
      try file.append(contentsOf: spool)
    }
    try file.complete()
    return file
  }
}
