// Tests of notes.

import Music
import Testing

@Suite struct NoteTests {
  @Test func endAndPitchClassFollow() {
    let note = Note(pitch: 63, velocity: 100, onset: 1.5, duration: 0.25, channel: 9)
    #expect(note.end == 1.75)
    #expect(note.pitchClass.rawValue == 3)
  }
}
