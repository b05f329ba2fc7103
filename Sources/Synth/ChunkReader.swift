// Bounds-checked reading of RIFF chunk headers from a file.
import Foundation

/// One RIFF chunk: offsets and sizes in bytes from the start of the file.
struct Chunk {
  let id: String
  /// Where the contents begin.
  let body: Int
  let size: Int
  /// One past the contents, without padding.
  var end: Int { body + size }
}

/// Reads a few bytes at a time at any offset; everything outside the file is `nil`.
struct ChunkReader {
  /// Bytes in the file.
  let length: Int
  private let handle: FileHandle

  init(url: URL) throws {
    handle = try FileHandle(forReadingFrom: url)
    length = Int(clamping: try handle.seekToEnd())
  }

  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, offset <= length - count else { return nil }
    do {
      try handle.seek(toOffset: UInt64(offset))
      guard let data = try handle.read(upToCount: count), data.count == count else { return nil }
      return [UInt8](data)
    } catch {
      return nil
    }
  }

  func identifier(at offset: Int) -> String? {
    bytes(at: offset, count: 4).map { String(decoding: $0, as: UTF8.self) }
  }

  func uint16(at offset: Int) -> Int? {
    bytes(at: offset, count: 2).map { Int($0[0]) | Int($0[1]) << 8 }
  }

  func header(at offset: Int) -> Chunk? {
    guard let bytes = bytes(at: offset, count: 8) else { return nil }
    let size = bytes[4...].reversed().reduce(0) { $0 << 8 | Int($1) }
    return Chunk(id: String(decoding: bytes[..<4], as: UTF8.self), body: offset + 8, size: size)
  }
}
