// Reads OSC's elementary pieces from bytes of any origin.

/// A cursor over a packet: every read is checked against what is left.
struct PacketReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// Bytes that are left.
  var count: Int { rest.count }

  /// The next byte, which stays.
  var first: UInt8? { rest.first }

  /// Takes `count` bytes out.
  mutating func take(_ count: Int) throws(OSCError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw .malformed("it ends too early") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// A number, its highest byte first.
  mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type) throws(OSCError) -> Number {
    try take(MemoryLayout<Number>.size).reduce(0) { $0 << 8 | Number($1) }
  }

  /// The bytes of a text; its end and padding are taken too.
  mutating func string() throws(OSCError) -> ArraySlice<UInt8> {
    guard let end = rest.firstIndex(of: 0) else { throw .malformed("a text has no end") }
    let text = try take(end - rest.startIndex)
    try takePadding(4 - text.count % 4)
    return text
  }

  /// The bytes of a blob; its padding is taken too.
  mutating func blob() throws(OSCError) -> ArraySlice<UInt8> {
    let size = try number(UInt32.self)
    // Compared as it stands: a size that was cut to fit would hide what follows.
    guard let size = Int(exactly: size), size <= rest.count else { throw .malformed("a blob ends too early") }
    let data = try take(size)
    try takePadding((4 - size % 4) % 4)
    return data
  }

  private mutating func takePadding(_ count: Int) throws(OSCError) {
    guard try take(count).allSatisfy({ $0 == 0 }) else { throw .malformed("its padding is not zero") }
  }
}
