// Tests of the input's bookkeeping.

import MIDI
import Testing

@testable import MIDIIO

@Suite struct SourceTableTests {
  private let keys = PortAddress(client: 20, port: 0)
  private let name = SourceIdentity(client: "Keystation", port: "MIDI 1")
  private let on = MIDIMessage.noteOn(channel: 0, pitch: 60, velocity: 90)
  private let off = MIDIMessage.noteOff(channel: 0, pitch: 60, velocity: 64)

  private func timed(_ message: MIDIMessage, _ time: Double) -> MIDIInputEvent {
    .message(TimedMIDI(message: message, source: name, time: time))
  }

  @Test func aVanishedSourceIsReleasedAndMissed() {
    var table = SourceTable()
    var events: [MIDIInputEvent] = []
    table.connect(keys, name, into: &events)
    table.connect(keys, name, into: &events)
    table.hear(on, from: keys, at: 1, into: &events)
    table.disconnect(keys, returns: true, at: 2, into: &events)
    table.disconnect(keys, returns: true, at: 3, into: &events)
    #expect(events == [.connected(name), timed(on, 1), timed(off, 2), .disconnected(name, released: 1)])
    #expect(table.identities.isEmpty)
    #expect(table.isMissed(name))
    table.connect(PortAddress(client: 33, port: 1), name, into: &events)
    #expect(!table.isMissed(name))
    #expect(table.identities == [name])
  }

  @Test func aSourceThatSomebodyDisconnectedIsLeftAlone() {
    var table = SourceTable()
    var events: [MIDIInputEvent] = []
    table.connect(keys, name, into: &events)
    table.disconnect(keys, returns: false, at: 0, into: &events)
    #expect(!table.isMissed(name))
    #expect(table.isDeclined(keys))
    // The number may belong to another keyboard once this one is unplugged.
    table.disconnect(keys, returns: true, at: 0, into: &events)
    #expect(!table.isDeclined(keys))
  }

  @Test func lostMessagesReleaseEverything() {
    var table = SourceTable()
    var events: [MIDIInputEvent] = []
    let other = PortAddress(client: 21, port: 0)
    table.connect(keys, name, into: &events)
    table.connect(other, name, into: &events)
    table.hear(on, from: keys, at: 1, into: &events)
    table.hear(on, from: other, at: 1, into: &events)
    events = []
    table.lose(at: 2, into: &events)
    #expect(events == [timed(off, 2), timed(off, 2), .overrun(released: 2)])
    #expect(table.identities.count == 2)
  }

  @Test func strangersAreNotHeard() {
    var table = SourceTable()
    var events: [MIDIInputEvent] = []
    table.hear(on, from: keys, at: 0, into: &events)
    #expect(events.isEmpty)
  }
}
