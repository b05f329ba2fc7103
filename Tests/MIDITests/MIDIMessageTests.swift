// Tests of the bytes of messages.

import MIDI
import Testing

/// Messages of every kind with every channel and the ends of every range.
let everyMessage: [MIDIMessage] =
  (0..<16).flatMap { channel -> [MIDIMessage] in
    [0, 1, 64, 127].flatMap { value -> [MIDIMessage] in
      [
        .noteOff(channel: channel, pitch: value, velocity: 127 - value),
        .noteOn(channel: channel, pitch: 127 - value, velocity: max(value, 1)),
        .keyPressure(channel: channel, pitch: value, pressure: 127 - value),
        .controlChange(channel: channel, controller: value, value: 127 - value),
        .programChange(channel: channel, program: value), .channelPressure(channel: channel, pressure: value),
        .pitchBend(channel: channel, value: value * 129 - 8192), .songPosition(sixteenths: value * 129),
      ]
    }
  } + [.clock, .start, .continue, .stop, .reset, .pitchBend(channel: 0, value: 0), .songPosition(sixteenths: 16383)]

@Suite struct MIDIMessageTests {
  @Test func everyMessageComesBackFromItsBytes() {
    for message in everyMessage {
      var parser = MIDIParser()
      #expect(parser.parse(message.bytes) == [message])
    }
  }

  @Test func theBytesAreThoseOfTheStandard() {
    #expect(MIDIMessage.noteOn(channel: 2, pitch: 60, velocity: 100).bytes == [0x92, 60, 100])
    #expect(MIDIMessage.pitchBend(channel: 15, value: 0).bytes == [0xEF, 0, 0x40])
    #expect(MIDIMessage.programChange(channel: 9, program: 5).bytes == [0xC9, 5])
    #expect(MIDIMessage.songPosition(sixteenths: 130).bytes == [0xF2, 2, 1])
    #expect(MIDIMessage.continue.bytes == [0xFB])
  }

  @Test func valuesOutsideTheRangeAreClamped() {
    #expect(MIDIMessage.noteOn(channel: 99, pitch: -1, velocity: Int.max).bytes == [0x9F, 0, 127])
    #expect(MIDIMessage.pitchBend(channel: -5, value: Int.min).bytes == [0xE0, 0, 0])
    #expect(MIDIMessage.pitchBend(channel: 0, value: Int.max).bytes == [0xE0, 127, 127])
    #expect(MIDIMessage.songPosition(sixteenths: -1).bytes == [0xF2, 0, 0])
  }

  @Test func onlyMessagesOfAChannelHaveOne() {
    #expect(MIDIMessage.programChange(channel: 7, program: 0).channel == 7)
    #expect(MIDIMessage.songPosition(sixteenths: 7).channel == nil)
    #expect(MIDIMessage.clock.channel == nil)
  }
}
