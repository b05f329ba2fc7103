// Tests of the way between messages and sequencer events.

import CALSA
import MIDI
import Testing

@testable import MIDIIO

@Suite struct MIDIMessageSequencerTests {
  private let messages: [MIDIMessage] =
    [0, 9, 15].flatMap { channel -> [MIDIMessage] in
      [
        .noteOff(channel: channel, pitch: 127, velocity: 1), .noteOn(channel: channel, pitch: 0, velocity: 127),
        .keyPressure(channel: channel, pitch: 60, pressure: 0),
        .controlChange(channel: channel, controller: 127, value: 127),
        .programChange(channel: channel, program: 127), .channelPressure(channel: channel, pressure: 127),
        .pitchBend(channel: channel, value: -8192), .pitchBend(channel: channel, value: 8191),
      ]
    } + [.songPosition(sixteenths: 16383), .clock, .start, .continue, .stop, .reset]

  @Test func everyMessageComesBack() {
    for message in messages { #expect(MIDIMessage(message.sequencerEvent(fromPort: 1)) == message) }
  }

  @Test func eventsGoToAllWhoAreConnected() {
    let event = MIDIMessage.clock.sequencerEvent(fromPort: 7)
    #expect((event.source.port, event.dest.client, event.queue) == (7, 254, 253))
  }

  @Test func velocityZeroIsARelease() {
    let event = MIDIMessage.noteOn(channel: 1, pitch: 60, velocity: 0).sequencerEvent(fromPort: 0)
    #expect(MIDIMessage(event) == .noteOff(channel: 1, pitch: 60, velocity: 64))
  }

  @Test func valuesThatMIDIDoesNotHaveAreRefused() {
    var note = MIDIMessage.noteOn(channel: 0, pitch: 60, velocity: 60).sequencerEvent(fromPort: 0)
    note.data.note.channel = 16
    #expect(MIDIMessage(note) == nil)
    note.data.note.channel = 0
    note.data.note.note = 128
    #expect(MIDIMessage(note) == nil)
    var control = MIDIMessage.controlChange(channel: 0, controller: 1, value: 1).sequencerEvent(fromPort: 0)
    control.data.control.value = -1
    #expect(MIDIMessage(control) == nil)
    var bend = MIDIMessage.pitchBend(channel: 0, value: 0).sequencerEvent(fromPort: 0)
    bend.data.control.value = 8192
    #expect(MIDIMessage(bend) == nil)
  }

  @Test func anyEventGivesAMessageOfTheRangeOrNone() {
    var random = SplitMix64(state: 6)
    var read = 0
    for type in UInt8.min...UInt8.max {
      for _ in 0..<100 {
        var event = snd_seq_event_t()
        withUnsafeMutableBytes(of: &event) { bytes in
          // Small numbers are made more frequent, so that many events are messages.
          for index in bytes.indices {
            bytes[index] = UInt8.random(in: 0...(index % 2 == 0 ? 15 : 255), using: &random)
          }
        }
        event.type = type
        guard let message = MIDIMessage(event) else { continue }
        read += 1
        #expect(MIDIMessage(message.sequencerEvent(fromPort: 0)) == message)
      }
    }
    #expect(read > 100)
  }
}
