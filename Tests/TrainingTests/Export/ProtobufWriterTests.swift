// The wire format against bytes of Google's implementation.
import Foundation
import Testing

@testable import Training

@Suite struct ProtobufWriterTests {
  private func hex(_ data: Data) -> String { data.map { String(format: "%02x", $0) }.joined() }

  /// Expected: SerializeToString of Google's Python protobuf 7.36 for a message with the fields 1 int64, 2 float,
  /// 3 double, 4 string, 5 bytes, 6 message and 700 repeated int64.
  @Test func everyWireTypeIsAsGoogleWritesIt() {
    var writer = ProtobufWriter()
    writer.integer(1, -3)
    writer.float(2, 1.5)
    writer.double(3, -0.1)
    writer.string(4, "Grüße ♭")
    writer.bytes(5, Data([0, 255, 10]))
    writer.message(6) { inner in
      inner.integer(1, 300)
      inner.message(6) { deepest in
        deepest.integer(1, 1 << 40)
        deepest.string(4, String(repeating: "x", count: 130))
      }
    }
    writer.packed(700, integers: [0, 1, 127, 128, -1, 1 << 62])
    let expected =
      "08fdffffffffffffffff01150000c03f199a9999999999b9bf220b4772c3bcc39f6520e299ad2a0300ff0a32920108ac02328c01"
      + "08808080808020228201" + String(repeating: "78", count: 130)
      + "e22b1800017f8001ffffffffffffffffff01808080808080808040"
    #expect(hex(writer.data) == expected)
  }

  @Test func anEmptyPackedFieldIsLeftOut() {
    var writer = ProtobufWriter()
    writer.packed(1, integers: [])
    #expect(writer.data.isEmpty)
    writer.message(2) { _ in }
    #expect(hex(writer.data) == "1200")
  }
}
