// Tests of reading MIDI bytes.

import MIDI
import Testing

@Suite struct MIDIParserTests {
  /// What bytes mean, case by case.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var messages: [MIDIMessage]

    init(_ name: String, _ bytes: [UInt8], _ messages: [MIDIMessage]) {
      testDescription = name
      self.bytes = bytes
      self.messages = messages
    }
  }

  private static func on(_ pitch: Int, _ velocity: Int) -> MIDIMessage {
    .noteOn(channel: 0, pitch: pitch, velocity: velocity)
  }
  private static func off(_ pitch: Int) -> MIDIMessage { .noteOff(channel: 0, pitch: pitch, velocity: 64) }

  static let cases = [
    Case("nothing", [], []),
    Case("running status", [0x90, 60, 100, 62, 90], [on(60, 100), on(62, 90)]),
    Case("running status of one data byte", [0xC3, 1, 2], [
      .programChange(channel: 3, program: 1), .programChange(channel: 3, program: 2),
    ]),
    Case("velocity 0 is a release", [0x90, 60, 100, 60, 0], [on(60, 100), off(60)]),
    Case("real time inside a message", [0x90, 0xF8, 60, 0xFA, 100], [.clock, .start, on(60, 100)]),
    Case("real time inside an exclusive message", [0xF0, 1, 0xF8, 2, 0xF7, 0x90, 60, 1], [.clock, on(60, 1)]),
    Case("an exclusive message ends running status", [0x90, 60, 1, 0xF0, 1, 0xF7, 62, 1], [on(60, 1)]),
    Case("an exclusive message that a note cuts off", [0xF0, 1, 2, 0x90, 60, 1], [on(60, 1)]),
    Case("a message cut off by the next", [0x90, 60, 0x80, 62, 64], [off(62)]),
    Case("data without a status", [60, 100, 0, 127], []),
    Case("undefined status bytes", [0x90, 60, 1, 0xF4, 62, 1, 0xF5, 0xF9, 0xFD, 0x90, 64, 1], [on(60, 1), on(64, 1)]),
    Case("undefined real time changes nothing", [0x90, 60, 0xF9, 0xFD, 0xFE, 1, 62, 1], [on(60, 1), on(62, 1)]),
    Case("an end without an exclusive message", [0x90, 60, 1, 0xF7, 62, 1], [on(60, 1)]),
    Case("song position", [0xF2, 2, 1, 5, 5], [.songPosition(sixteenths: 130)]),
    Case("song select and quarter frames are skipped", [0xF3, 5, 0xF1, 0x31, 0xF6, 0x90, 60, 1], [on(60, 1)]),
    Case("reset forgets the status", [0x90, 60, 0xFF, 100, 60, 100], [.reset]),
    Case("reset inside an exclusive message", [0xF0, 1, 0xFF, 2, 0xF7], [.reset]),
    Case("transport", [0xFA, 0xFB, 0xFC], [.start, .continue, .stop]),
  ]

  @Test(arguments: cases) func bytesMean(_ item: Case) {
    var parser = MIDIParser()
    #expect(parser.parse(item.bytes) == item.messages)
  }

  @Test(arguments: cases) func piecesMeanTheSame(_ item: Case) {
    for cut in 0...item.bytes.count {
      let (first, state) = MIDIParser.messages(in: item.bytes[..<cut], after: MIDIParser.State())
      let (second, _) = MIDIParser.messages(in: item.bytes[cut...], after: state)
      #expect(first + second == item.messages)
    }
  }

  @Test func anExclusiveMessageWithoutEndTakesNoMemory() {
    var parser = MIDIParser()
    #expect(parser.parse([0xF0]).isEmpty)
    #expect(parser.parse(repeatElement(0x55, count: 1_000_000)).isEmpty)
    #expect(parser.state.isInExclusive)
    #expect(parser.parse([0x90, 60, 100]) == [Self.on(60, 100)])
    #expect(!parser.state.isInExclusive)
  }

  @Test func resetForgetsTheUnfinishedMessage() {
    var parser = MIDIParser()
    #expect(parser.parse([0x90, 60]).isEmpty)
    parser.reset()
    #expect(parser.parse([100, 62, 100]).isEmpty)
  }

  @Test func anyBytesGiveMessagesThatEncodeAndReadAgain() {
    var random = SplitMix64(state: 3)
    var count = 0
    for _ in 0..<300 {
      // Status bytes are made more frequent, since in plain noise most data bytes have no status.
      let bytes = (0..<200).map { _ in
        UInt8.random(in: (Bool.random(using: &random) ? 0x80 : 0)...0xFF, using: &random)
      }
      var parser = MIDIParser()
      let messages = parser.parse(bytes)
      count += messages.count
      var again = MIDIParser()
      let read = again.parse(messages.flatMap(\.bytes))
      #expect(read == messages)
    }
    #expect(count > 1000)
  }
}
