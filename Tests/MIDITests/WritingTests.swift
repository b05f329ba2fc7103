// Tests of writing Standard MIDI Files.

import Foundation
import MIDI
import Music
import Testing

@Suite struct WritingTests {
  @Test func notesComeBackWithinATick() throws {
    let notes = (0..<100).map {
      Note(
        pitch: 20 + $0, velocity: 1 + $0, onset: Double($0) * 0.137, duration: 0.05 + Double($0) / 50,
        channel: $0 % 16)
    }
    let file = try StandardMIDIFile(data: StandardMIDIFile.data(notes: notes, programs: [2: 40]))
    let read = file.notes()
    #expect(read.count == notes.count)
    for (note, original) in zip(read, notes) {
      #expect(note.pitch == original.pitch)
      #expect(note.velocity == original.velocity)
      #expect(note.channel == original.channel)
      #expect(abs(note.onset - original.onset) <= 1 / 960)
      #expect(abs(note.end - original.end) <= 1 / 960)
    }
    #expect(file.format == 0)
    #expect(file.program(onChannel: 2, at: 0) == 40)
  }

  @Test func repeatedNotesStaySeparate() throws {
    let notes = (0..<4).map { Note(pitch: 60, onset: Double($0), duration: 1) }
    #expect(try StandardMIDIFile(data: StandardMIDIFile.data(notes: notes)).notes() == notes)
  }

  @Test func valuesOutsideTheRangeAreClamped() throws {
    let notes = [
      Note(pitch: -3, velocity: 0, onset: -1, duration: -5, channel: 99),
      Note(pitch: 500, velocity: 500, onset: .infinity, duration: .nan, channel: -1),
      Note(pitch: 60, velocity: 60, onset: .nan, duration: 1e300, channel: 0),
    ]
    let read = try StandardMIDIFile(data: StandardMIDIFile.data(notes: notes, programs: [77: 1000])).notes()
    #expect(read.count == 3)
    #expect(read.allSatisfy { $0.duration > 0 && (1...127).contains($0.velocity) && (0...127).contains($0.pitch) })
  }

  @Test func noNotesMakeAnEmptyFile() throws {
    #expect(try StandardMIDIFile(data: StandardMIDIFile.data(notes: [])).notes().isEmpty)
  }
}
