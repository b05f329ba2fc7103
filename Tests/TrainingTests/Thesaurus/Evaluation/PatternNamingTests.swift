// Naming of patterns that are played, and of music in which there is none.

import Foundation
import Improviser
import Music
import Testing

@testable import Training

@Suite struct PatternNamingTests {
  @Test func patternsAreNamedAndWhatRunsInEqualStepsIsNot() throws {
    let names = ["tritone/interpolation/1:1", "septitone/infra-inter-ultrapolation/4:100", "ditone/interpolation/1:2"]
    let naming = PatternNaming(playing: try names.map(ThesaurusPattern.init(name:)))
    // Two semitones between major thirds are the whole-tone scale.
    #expect(naming.named.count == 2 && naming.exact.count == 2 && naming.named.total == 3)
    #expect(naming.notesUntilNamed >= 5 && naming.text.contains("named 66.67 %"))
  }

  @Test func musicIsPlayedByParts() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "naming-\(UUID().uuidString).safetensors")
    defer {
      for written in [file, file.deletingPathExtension().appendingPathExtension("csv")] {
        try? FileManager.default.removeItem(at: written)
      }
    }
    func sequence(_ name: String, _ pitches: [Int], _ part: NotePart) -> NoteSequence {
      let events = pitches.map { NoteEvent(interval: 12, pitch: $0, duration: 12, velocity: 80) }
      return NoteSequence(events: events, scale: nil, group: name, source: "test", name: name, part: part)
    }
    let scale = (0..<40).map { 60 + [0, 2, 4, 5, 7, 9, 11][$0 % 7] }
    let pattern = [60, 61, 66, 67, 72, 73, 78, 79, 84]
    let writer = try PreparedNotesWriter(to: file)
    try writer.append(sequence("scale", scale, .whole))
    try writer.append(sequence("pattern", pattern, .voice))
    try writer.finish()
    let naming = try PatternNaming(playing: PreparedNotes(contentsOf: file)) { _ in false }
    #expect(naming.music.map(\.part) == ["whole", "voice"] && naming.music.map(\.names) == [0, 1])
    #expect(naming.music[0].notes == 40 && abs(naming.music[0].hours - 40 * 0.3 / 3600) < 1e-9)
    #expect(naming.music[1].hoursShown > 0 && naming.music[0].hoursShown == 0)
    #expect(throws: CancellationError.self) {
      try PatternNaming(playing: PreparedNotes(contentsOf: file)) { _ in true }
    }
  }
}
