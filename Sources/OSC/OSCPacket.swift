// From the bytes of a UDP packet to OSC messages, and back.

/// The codec of OSC 1.0 packets: pure functions.
///
/// Written here rather than taken from liblo, whose parser (0.31) reads up to four bytes past the end of a packet that
/// announces a blob and has none, and refuses messages without a type tag string, which the specification wants read.
public enum OSCPacket {
  /// The most bytes that a UDP packet holds.
  public static let largestSize = 65_507
  /// The most messages that are read from one packet.
  public static let largestCount = 256
  /// The most bundles within each other.
  public static let deepestNesting = 8

  private static let bundleMark = Array("#bundle".utf8)

  /// The messages of a packet in their order, those of bundles included. Time tags are passed over: messages count at
  /// once. Any bytes are allowed; those that are no packet are refused as a whole.
  public static func parse(_ bytes: [UInt8]) throws(OSCError) -> [OSCMessage] {
    guard bytes.count <= largestSize else { throw .malformed("it has more than \(largestSize) bytes") }
    var messages: [OSCMessage] = []
    try parse(bytes[...], depth: 0, into: &messages)
    return messages
  }

  /// The bytes of a bundle of messages for the moment `time`.
  public static func bundle(_ messages: [OSCMessage], at time: OSCTimeTag) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(oscString: bundleMark)
    bytes.append(bigEndian: time.rawValue)
    for message in messages {
      let element = message.bytes
      bytes.append(bigEndian: UInt32(truncatingIfNeeded: element.count))
      bytes += element
    }
    return bytes
  }

  private static func parse(
    _ bytes: ArraySlice<UInt8>, depth: Int, into messages: inout [OSCMessage]
  ) throws(OSCError) {
    guard !bytes.isEmpty else { throw .malformed("it is empty") }
    guard bytes.count % 4 == 0 else { throw .malformed("its size is no multiple of four") }
    var reader = PacketReader(bytes)
    guard bytes.first == UInt8(ascii: "#") else {
      guard messages.count < largestCount else { throw .malformed("it has more than \(largestCount) messages") }
      return messages.append(try message(&reader))
    }
    guard try reader.string().elementsEqual(bundleMark) else { throw .malformed("it is neither message nor bundle") }
    guard depth < deepestNesting else { throw .malformed("more than \(deepestNesting) bundles are nested") }
    _ = try reader.number(UInt64.self)
    while reader.count > 0 {
      let size = try reader.number(UInt32.self)
      guard let size = Int(exactly: size), size <= reader.count else { throw .malformed("a bundle ends too early") }
      try parse(try reader.take(size), depth: depth + 1, into: &messages)
    }
  }

  private static func message(_ reader: inout PacketReader) throws(OSCError) -> OSCMessage {
    let path = try reader.string()
    let isAddress = path.first == UInt8(ascii: "/") && path.allSatisfy { (33...126).contains($0) }
    guard isAddress else { throw .malformed("a message's address is no \"/name\"") }
    // Old senders leave the type tags out; then there are no arguments that could be told apart.
    guard reader.count > 0 else { return OSCMessage(String(decoding: path, as: UTF8.self)) }
    guard reader.first == UInt8(ascii: ",") else { throw .malformed("a message has no type tags") }
    let tags = try reader.string().dropFirst()
    var arguments: [OSCArgument] = []
    arguments.reserveCapacity(tags.count)
    for tag in tags { arguments.append(try argument(tag, &reader)) }
    guard reader.count == 0 else { throw .malformed("a message is longer than its type tags say") }
    return OSCMessage(String(decoding: path, as: UTF8.self), arguments)
  }

  private static func argument(_ tag: UInt8, _ reader: inout PacketReader) throws(OSCError) -> OSCArgument {
    switch Character(UnicodeScalar(tag)) {
    case "i": .int(Int32(bitPattern: try reader.number(UInt32.self)))
    case "f": .float(Float(bitPattern: try reader.number(UInt32.self)))
    case "s", "S": .string(String(decoding: try reader.string(), as: UTF8.self))
    case "b": .blob(Array(try reader.blob()))
    case "h": .long(Int64(bitPattern: try reader.number(UInt64.self)))
    case "d": .double(Double(bitPattern: try reader.number(UInt64.self)))
    case "t": .timeTag(OSCTimeTag(rawValue: try reader.number(UInt64.self)))
    case "c", "r", "m": .fourBytes(tag: tag, try reader.number(UInt32.self))
    case "T": .bool(true)
    case "F": .bool(false)
    case "N": .null
    case "I": .impulse
    default: throw .malformed("a message has a value of an unknown type")
    }
  }
}
