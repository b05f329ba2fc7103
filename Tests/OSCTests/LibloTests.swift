// Our bytes are liblo's bytes: each side reads what the other writes.

import CLO
import Glibc
import Testing

@testable import OSC

@Suite struct LibloTests {
  /// Builds a message with liblo, out of the same values.
  private func liblo(_ message: OSCMessage) -> lo_message? {
    let result = lo_message_new()
    for argument in message.arguments {
      switch argument {
      case .int(let value): lo_message_add_int32(result, value)
      case .float(let value): lo_message_add_float(result, value)
      case .string(let text): lo_message_add_string(result, text)
      case .blob(let data):
        let blob = lo_blob_new(Int32(data.count), data)
        lo_message_add_blob(result, blob)
        lo_blob_free(blob)
      case .long(let value): lo_message_add_int64(result, value)
      case .double(let value): lo_message_add_double(result, value)
      case .timeTag(let time):
        let (seconds, fraction) = (UInt32(time.rawValue >> 32), UInt32(truncatingIfNeeded: time.rawValue))
        lo_message_add_timetag(result, lo_timetag(sec: seconds, frac: fraction))
      case .fourBytes(_, let value): lo_message_add_char(result, CChar(truncatingIfNeeded: value))
      case .bool(let isTrue): _ = isTrue ? lo_message_add_true(result) : lo_message_add_false(result)
      case .null: lo_message_add_nil(result)
      case .impulse: lo_message_add_infinitum(result)
      }
    }
    return result
  }

  private func bytes(_ message: OSCMessage) throws -> [UInt8] {
    let built = liblo(message)
    defer { lo_message_free(built) }
    var size = 0
    let data = try #require(lo_message_serialise(built, message.path, nil, &size))
    defer { free(data) }
    return Array(UnsafeRawBufferPointer(start: data, count: size))
  }

  @Test func writesTheSameBytes() throws {
    #expect(try bytes(OSCPacketTests.everything) == OSCPacketTests.everything.bytes)
    // liblo makes no blobs of no bytes.
    for length in 1...9 {
      let text = String(repeating: "x", count: length)
      let blob = [UInt8](repeating: 7, count: length)
      let message = OSCMessage("/" + text, [.string(text), .blob(blob), .int(Int32(length))])
      #expect(try bytes(message) == message.bytes)
      #expect(try OSCPacket.parse(try bytes(message)) == [message])
    }
  }

  @Test func isReadByLiblo() throws {
    var bytes = OSCPacketTests.everything.bytes
    var result: Int32 = 0
    let message = try #require(lo_message_deserialise(&bytes, bytes.count, &result))
    defer { lo_message_free(message) }
    #expect(result == 0)
    let types = try #require(lo_message_get_types(message))
    #expect(String(cString: types) == "ifsbhdtcTFNIsb")
    let values = try #require(lo_message_get_argv(message))
    #expect(values[0]?.pointee.i == -2)
    #expect(values[1]?.pointee.f == 0.5)
    #expect(values[2].map { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) } == "Eb dorian")
  }

  @Test func writesTheSameBundle() throws {
    let messages = [OSCPacketTests.everything, OSCMessage("/b", [.float(-1)])]
    let time = OSCTimeTag(rawValue: 0x8000_0001_4000_0000)
    let bundle = lo_bundle_new(lo_timetag(sec: 0x8000_0001, frac: 0x4000_0000))
    for message in messages { lo_bundle_add_message(bundle, message.path, liblo(message)) }
    defer { lo_bundle_free_recursive(bundle) }
    var size = 0
    let data = try #require(lo_bundle_serialise(bundle, nil, &size))
    defer { free(data) }
    #expect(Array(UnsafeRawBufferPointer(start: data, count: size)) == OSCPacket.bundle(messages, at: time))
  }
}
