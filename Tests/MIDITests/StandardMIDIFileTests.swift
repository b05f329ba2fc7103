// Tests of reading Standard MIDI Files.

import Foundation
import MIDI
import Music
import Testing

@Suite struct StandardMIDIFileTests {
  /// Two quarter notes by running status, the second ended by a note-on of velocity 0.
  private let twoNotes: [UInt8] = [
    0, 0xC3, 12, 0, 0x93, 60, 100, 0x83, 0x60, 60, 0, 0, 64, 90, 0x83, 0x60, 64, 0,
  ]

  @Test func runningStatusAndVelocityZeroMakeNotes() throws {
    let file = try StandardMIDIFile(data: midiFile(tracks: [twoNotes]))
    #expect(
      file.notes() == [
        Note(pitch: 60, velocity: 100, onset: 0, duration: 0.5, channel: 3),
        Note(pitch: 64, velocity: 90, onset: 0.5, duration: 0.5, channel: 3),
      ])
    #expect(file.program(onChannel: 3, at: 0) == 12)
    #expect(file.program(onChannel: 0, at: 9) == 0)
    #expect(file.duration == 1)
  }

  @Test func formatOneTakesItsTempoFromTheFirstTrack() throws {
    // 250,000 µs a quarter from the start, 1,000,000 from the second quarter on.
    let tempo: [UInt8] = [0, 0xFF, 0x51, 3, 0x03, 0xD0, 0x90, 0x83, 0x60, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40]
    let notes = try StandardMIDIFile(data: midiFile(format: 1, tracks: [tempo, twoNotes])).notes()
    #expect(notes.map(\.onset) == [0, 0.25])
    #expect(notes.map(\.duration) == [0.25, 1])
  }

  @Test func tracksOfFormatTwoFollowOneAnother() throws {
    let notes = try StandardMIDIFile(data: midiFile(format: 2, tracks: [twoNotes, twoNotes])).notes()
    #expect(notes.map(\.onset) == [0, 0.5, 1, 1.5])
  }

  @Test func framesPerSecondIgnoreTheTempo() throws {
    // -25 frames a second of 40 ticks each: a tick is a millisecond.
    let division = 0xE7 << 8 | 40
    let track: [UInt8] = [0, 0xFF, 0x51, 3, 0x03, 0xD0, 0x90] + twoNotes
    #expect(try StandardMIDIFile(data: midiFile(division: division, tracks: [track])).notes()[1].onset == 0.48)
  }

  @Test func metaAndExclusiveEventsAreSkipped() throws {
    let text: [UInt8] = [0, 0xFF, 0x01, 2, 0x90, 0x90]
    let exclusive: [UInt8] = [0, 0xF0, 3, 0x43, 0x12, 0xF7]
    let track = text + exclusive + twoNotes
    #expect(try StandardMIDIFile(data: midiFile(tracks: [track])).notes().count == 2)
  }

  @Test func unknownChunksAreSkipped() throws {
    var data = midiFile(tracks: [twoNotes])
    data.insert(contentsOf: Array("XFIH".utf8) + [0, 0, 0, 2, 1, 2], at: 14)
    #expect(try StandardMIDIFile(data: data).notes().count == 2)
  }

  @Test func heldNotesEndWithTheFile() throws {
    let track: [UInt8] = [0, 0x90, 60, 100, 0x83, 0x60, 0xB0, 64, 0]
    #expect(try StandardMIDIFile(data: midiFile(tracks: [track])).notes().map(\.duration) == [0.5])
  }

  @Test func overlappingNotesOfOnePitchEndInTheOrderTheyBegan() throws {
    let track: [UInt8] = [
      0, 0x90, 60, 1, 0x83, 0x60, 60, 2, 0x83, 0x60, 0x80, 60, 0, 0x83, 0x60, 60, 0, 0, 60, 0,
    ]
    let notes = try StandardMIDIFile(data: midiFile(tracks: [track])).notes()
    #expect(notes.map(\.velocity) == [1, 2])
    #expect(notes.map(\.duration) == [1, 1])
  }

  @Test func everyKindOfMessageIsRead() throws {
    let track: [UInt8] = [
      0, 0xA1, 60, 7, 0, 0xB1, 64, 127, 0, 0xC1, 5, 0, 0xD1, 9, 0, 0xE1, 0, 64, 0, 0xE1, 0, 0, 0, 0x81, 60, 3,
    ]
    #expect(
      try StandardMIDIFile(data: midiFile(tracks: [track])).events.map(\.message) == [
        .keyPressure(channel: 1, pitch: 60, pressure: 7), .controlChange(channel: 1, controller: 64, value: 127),
        .programChange(channel: 1, program: 5), .channelPressure(channel: 1, pressure: 9),
        .pitchBend(channel: 1, value: 0), .pitchBend(channel: 1, value: -8192),
        .noteOff(channel: 1, pitch: 60, velocity: 3),
      ])
  }
}
