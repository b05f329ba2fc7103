// Writes messages in the wire format of Protocol Buffers.
import Foundation

/// A message that grows field by field, in the order of the calls.
///
/// Source: the encoding of Protocol Buffers, https://protobuf.dev/programming-guides/encoding. Every field that is
/// written appears, those with the default value too; a repeated field is one call an element.
struct ProtobufWriter {
  /// How the bytes of a field are to be read.
  private enum WireType: UInt64 {
    case varint = 0
    case eightBytes = 1
    case lengthDelimited = 2
    case fourBytes = 5
  }

  /// The message so far.
  private(set) var data = Data()

  /// Makes an empty message.
  init() {}

  /// Writes an int32, int64, enum or bool field; negative numbers take ten bytes, as the format demands.
  mutating func integer(_ field: Int, _ value: Int) {
    tag(field, .varint)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Writes a float field.
  mutating func float(_ field: Int, _ value: Float) {
    tag(field, .fourBytes)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
  }

  /// Writes a double field.
  mutating func double(_ field: Int, _ value: Double) {
    tag(field, .eightBytes)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
  }

  /// Writes a string field.
  mutating func string(_ field: Int, _ value: String) { bytes(field, Data(value.utf8)) }

  /// Writes a bytes field.
  mutating func bytes(_ field: Int, _ value: Data) {
    tag(field, .lengthDelimited)
    varint(UInt64(value.count))
    data.append(value)
  }

  /// Writes a field that is itself a message.
  mutating func message(_ field: Int, _ build: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    build(&inner)
    bytes(field, inner.data)
  }

  /// Writes a repeated field of integers in one piece; nothing when there are none.
  mutating func packed(_ field: Int, integers: [Int]) {
    guard !integers.isEmpty else { return }
    var inner = ProtobufWriter()
    for value in integers { inner.varint(UInt64(bitPattern: Int64(value))) }
    bytes(field, inner.data)
  }

  private mutating func tag(_ field: Int, _ type: WireType) {
    varint(UInt64(truncatingIfNeeded: field) << 3 | type.rawValue)
  }

  /// Seven bits a byte, the lowest first; the top bit says that more follow.
  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7f {
      data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(truncatingIfNeeded: rest))
  }
}
