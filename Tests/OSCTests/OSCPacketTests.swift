// The codec: golden bytes of the specification, every type, and bytes of no good.

import Testing

@testable import OSC

@Suite struct OSCPacketTests {
  /// The two messages of "OSC 1.0 Specification Examples", byte by byte.
  private static let golden: [(OSCMessage, [UInt8])] = [
    (
      OSCMessage("/oscillator/4/frequency", [.float(440)]),
      [
        0x2f, 0x6f, 0x73, 0x63, 0x69, 0x6c, 0x6c, 0x61, 0x74, 0x6f, 0x72, 0x2f, 0x34, 0x2f, 0x66, 0x72,
        0x65, 0x71, 0x75, 0x65, 0x6e, 0x63, 0x79, 0x00, 0x2c, 0x66, 0x00, 0x00, 0x43, 0xdc, 0x00, 0x00,
      ]
    ),
    (
      OSCMessage("/foo", [.int(1000), .int(-1), .string("hello"), .float(1.234), .float(5.678)]),
      [
        0x2f, 0x66, 0x6f, 0x6f, 0x00, 0x00, 0x00, 0x00, 0x2c, 0x69, 0x69, 0x73, 0x66, 0x66, 0x00, 0x00,
        0x00, 0x00, 0x03, 0xe8, 0xff, 0xff, 0xff, 0xff, 0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x00, 0x00, 0x00,
        0x3f, 0x9d, 0xf3, 0xb6, 0x40, 0xb5, 0xb2, 0x2d,
      ]
    ),
  ]

  static let everything = OSCMessage(
    "/all",
    [
      .int(-2), .float(0.5), .string("Eb dorian"), .blob([1, 2, 3, 4, 5]), .long(-3), .double(1e300),
      .timeTag(OSCTimeTag(rawValue: 0x1234_5678_9abc_def0)), .fourBytes(tag: UInt8(ascii: "c"), 65), .bool(true),
      .bool(false), .null, .impulse, .string(""), .blob([1, 2, 3, 4]),
    ])

  @Test func matchesTheSpecification() throws {
    for (message, bytes) in Self.golden {
      #expect(message.bytes == bytes)
      #expect(try OSCPacket.parse(bytes) == [message])
    }
  }

  @Test func readsWhatItWrites() throws {
    #expect(try OSCPacket.parse(Self.everything.bytes) == [Self.everything])
    let bundle = OSCPacket.bundle([Self.everything, OSCMessage("/b")], at: .immediately)
    #expect(try OSCPacket.parse(bundle) == [Self.everything, OSCMessage("/b")])
    #expect(bundle.prefix(16) == ArraySlice(Array("#bundle\0".utf8) + [0, 0, 0, 0, 0, 0, 0, 1]))
    #expect(try OSCPacket.parse(OSCPacket.bundle([], at: .immediately)) == [])
    let empty = OSCMessage("/e", [.blob([]), .int(1)])
    #expect(try OSCPacket.parse(empty.bytes) == [empty])
  }

  @Test func readsOldMessagesWithoutTypeTags() throws {
    #expect(try OSCPacket.parse(Array("/ping\0\0\0".utf8)) == [OSCMessage("/ping")])
  }

  @Test func leavesZeroBytesOutOfTexts() throws {
    let message = OSCMessage("/t", [.string("a\0b")])
    #expect(try OSCPacket.parse(message.bytes) == [OSCMessage("/t", [.string("ab")])])
  }

  @Test func readsElementsOfNestedBundlesInOrder() throws {
    var inner = OSCPacket.bundle([OSCMessage("/2")], at: OSCTimeTag(rawValue: 99))
    var outer = OSCPacket.bundle([OSCMessage("/1")], at: .immediately)
    outer.append(bigEndian: UInt32(inner.count))
    outer += inner
    inner = OSCMessage("/3").bytes
    outer.append(bigEndian: UInt32(inner.count))
    outer += inner
    #expect(try OSCPacket.parse(outer).map(\.path) == ["/1", "/2", "/3"])
  }

  @Test(arguments: [
    ("", "empty"), ("/a", "multiple"), ("/abc", "no end"), ("abc\0", "address"), ("/a b\0\0\0\0", "address"),
    ("/\u{7}\0\0", "address"), ("/a\0\0abcd", "type tags"), ("/a\0\0,i\0\0", "too early"),
    ("/a\0\0,b\0\0", "too early"),
    ("/a\0\0,\0\0\0abcd", "longer"), ("/a\0\0,?\0\0", "unknown type"), ("/a\0\0,[]\0", "unknown type"),
    ("/a\0\0,s\0\0abcd", "no end"), ("/a\0x,\0\0\0", "padding"), ("#bundle\0", "too early"), ("#bundl\0\0", "neither"),
    ("#bundle\0\0\0\0\0\0\0\0\u{1}\0\0\0\u{8}/a\0\0", "too early"), ("#bundle\0\0\0\0\0\0\0\0\u{1}\0\0\0\0", "empty"),
  ])
  func refuses(_ text: String, because reason: String) {
    let error = #expect(throws: OSCError.self) { try OSCPacket.parse(Array(text.utf8)) }
    #expect(error.map { "\($0)" }?.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func refusesHugeBlobs() {
    for size: UInt32 in [1, 4, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] {
      var bytes = Array("/a\0\0,b\0\0".utf8)
      bytes.append(bigEndian: size)
      #expect(throws: OSCError.self) { try OSCPacket.parse(bytes) }
    }
  }

  @Test func boundsNestingAndCount() throws {
    var bytes = OSCMessage("/a").bytes
    for depth in 1...9 {
      var outer = OSCPacket.bundle([], at: .immediately)
      outer.append(bigEndian: UInt32(bytes.count))
      bytes = outer + bytes
      if depth <= 8 {
        #expect(try OSCPacket.parse(bytes).count == 1)
      } else {
        #expect(throws: OSCError.malformed("more than 8 bundles are nested")) { try OSCPacket.parse(bytes) }
      }
    }
    let many = [OSCMessage](repeating: OSCMessage("/a"), count: 257)
    #expect(try OSCPacket.parse(OSCPacket.bundle(Array(many.dropLast()), at: .immediately)).count == 256)
    #expect(throws: OSCError.self) { try OSCPacket.parse(OSCPacket.bundle(many, at: .immediately)) }
    #expect(throws: OSCError.self) { try OSCPacket.parse([UInt8](repeating: 0, count: 65_508)) }
  }

  /// Whatever is read can be written and read again; nothing traps.
  @Test func survivesDamagedPackets() throws {
    var generator = SystemRandomNumberGenerator()
    let bundle = OSCPacket.bundle([Self.everything, OSCMessage("/b", [.int(7)])], at: .immediately)
    for end in 0..<bundle.count { _ = try? OSCPacket.parse(Array(bundle[..<end])) }
    for _ in 0..<5000 {
      var bytes = bundle
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      guard let messages = try? OSCPacket.parse(bytes) else { continue }
      for message in messages {
        let again = try OSCPacket.parse(message.bytes)
        // By bytes, since no number equals itself when it is none.
        #expect(again.map(\.bytes) == [message.bytes])
      }
    }
  }

  @Test func writesMomentsAsTimeTags() {
    // 1970 is 2,208,988,800 s after 1900.
    let epoch = UInt64(2_208_988_800) << 32
    #expect(OSCTimeTag(unixSeconds: 0).rawValue == epoch)
    #expect(OSCTimeTag(unixSeconds: 0.5).rawValue == epoch + 0x8000_0000)
    #expect(abs(OSCTimeTag(unixSeconds: 1_800_000_000.25).unixSeconds - 1_800_000_000.25) < 1e-6)
    for bad in [Double.nan, .infinity, -1e20, 1e20] { #expect(OSCTimeTag(unixSeconds: bad) == .immediately) }
  }
}
