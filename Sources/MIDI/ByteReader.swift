// A cursor over bytes that never reads past its end.

/// Reads big-endian numbers from `bytes`; every read is checked and throws `.truncated` at the end.
struct ByteReader {
  private let bytes: [UInt8]
  /// The next byte to read.
  private(set) var offset: Int
  /// One past the last byte that may be read.
  private let end: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = 0
    end = bytes.count
  }

  private init(_ bytes: [UInt8], from offset: Int, to end: Int) {
    self.bytes = bytes
    self.offset = offset
    self.end = end
  }

  var isAtEnd: Bool { offset >= end }

  mutating func byte() throws(StandardMIDIFileError) -> UInt8 {
    guard offset < end else { throw StandardMIDIFileError(.truncated(offset: end)) }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// A number of `count` bytes, at most four.
  mutating func number(bytes count: Int) throws(StandardMIDIFileError) -> Int {
    var value = 0
    for _ in 0..<count { value = value << 8 | Int(try byte()) }
    return value
  }

  /// A variable-length quantity: seven bits a byte, the top bit set on all but the last, at most four bytes.
  mutating func variableLengthNumber() throws(StandardMIDIFileError) -> Int {
    let start = offset
    var value = 0
    for _ in 0..<4 {
      let next = try byte()
      value = value << 7 | Int(next & 0x7F)
      if next < 0x80 { return value }
    }
    throw StandardMIDIFileError(.numberTooLong(offset: start))
  }

  /// The next `count` bytes.
  mutating func bytes(_ count: Int) throws(StandardMIDIFileError) -> ArraySlice<UInt8> {
    let start = offset
    try skip(count)
    return bytes[start..<offset]
  }

  mutating func skip(_ count: Int) throws(StandardMIDIFileError) {
    guard count <= end - offset else { throw StandardMIDIFileError(.truncated(offset: end)) }
    offset += count
  }

  /// A reader of the next `count` bytes alone; this one continues after them.
  mutating func slice(_ count: Int) throws(StandardMIDIFileError) -> ByteReader {
    let start = offset
    try skip(count)
    return ByteReader(bytes, from: start, to: offset)
  }
}
