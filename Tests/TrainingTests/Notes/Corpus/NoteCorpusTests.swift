// Tests of reading folders of scores.

import Foundation
import MIDI
import Music
import Testing

@testable import Training

@Suite struct NoteCorpusTests {
  /// Sixteen quarters up and down a scale of C.
  static let pitches = [60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62, 62, 60]

  static func song(creator: String = "", program: Int = 1) -> Data {
    let names = ["C4", "D4", "E4", "F4", "G4", "A4", "B4", "C5", "B4", "A4", "G4", "F4", "E4", "D4", "D4", "C4"]
    let voice = measure(divisions: 1, fifths: 0, names.map { note($0, 1) }.joined())
    let upper = names.map { note($0, 1, ties: []).replacing("</note>", with: "<staff>1</staff></note>") }.joined()
    let lower = names.map { note($0, 1).replacing("</note>", with: "<staff>2</staff></note>") }.joined()
    let piano = measure(
      divisions: 1, fifths: 0,
      upper + "<backup><duration>16</duration></backup>" + lower.replacing("<octave>4", with: "<octave>2"))
    let list = (0...1).map { part in
      """
      <score-part id="P\(part)"><part-name>Part \(part)</part-name><midi-instrument id="I\(part)">\
      <midi-program>\(program + part)</midi-program></midi-instrument></score-part>
      """
    }
    let head = "\(creator)<part-list>\(list.joined())</part-list>"
    let score = String(decoding: musicXML(parts: [voice, piano]), as: UTF8.self)
    return Data(score.replacing("\"4.0\">", with: "\"4.0\">" + head).utf8)
  }

  static func midi(channels: [Int], transposed: Int = 0) -> Data {
    let notes = channels.flatMap { channel in
      pitches.enumerated().map { Note(pitch: $1 + transposed, onset: Double($0) / 2, duration: 0.25, channel: channel) }
    }
    return StandardMIDIFile.data(notes: notes)
  }

  @Test func everyKindOfFileIsRead() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.song(), to: "in/Schubert/song.musicxml")
    try folder.write(Self.midi(channels: [0, 3, 9]), to: "in/Haydn/duo.mid")
    try folder.write("X:1\nT:The Tune\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|cBAG|FEDC|\n", to: "in/book.abc")
    try folder.write("X:1\nT:Short\nM:4/4\nL:1/4\nK:C\nCDEF|\n", to: "in/short.abc")
    try folder.write("no score", to: "in/broken.mid")
    let output = folder.url.appending(path: "notes.safetensors")
    let outcome = try NoteCorpus.prepare([folder.url.appending(path: "in")], to: output)
    let notes = try PreparedNotes(contentsOf: output)
    let sequences = (0..<notes.count).map { notes[$0] }

    let parts = sequences.filter { $0.group == "Schubert" }
    #expect(parts.map(\.part) == [.whole, .voice, .upper, .lower])
    // The upper staff doubles the voice, and one note of the lower is the same as theirs.
    #expect(parts.map(\.events.count) == [31, 16, 16, 16])
    #expect(parts.allSatisfy { $0.scale == Scale(tonic: PitchClass(wrapping: 0), family: .major) })
    #expect(sequences.filter { $0.group == "Haydn" }.map(\.part) == [.whole, .voice, .voice])
    let duo = try #require(sequences.first { $0.group == "Haydn" && $0.part == .voice })
    #expect(duo.events.map(\.pitch) == Self.pitches)
    #expect(duo.events.map(\.interval) == [0] + Array(repeating: 24, count: 15))
    #expect(duo.events.allSatisfy { $0.duration == 12 })
    let tune = try #require(sequences.last)
    #expect(tune.group == "title tune")
    #expect(tune.events.map(\.interval) == [0] + Array(repeating: 24, count: 15))
    #expect(sequences.allSatisfy { $0.source == "in" })
    #expect(outcome.reports.map(\.kept) == [1, 1, 1])
    #expect(outcome.reports[1].leftOut == ["cannot be read": 1])
    #expect(outcome.reports[2].leftOut == ["have fewer than 16 notes": 1])
    let folders: [String?] = Array(repeating: "Schubert", count: 4) + Array(repeating: "Haydn", count: 3) + [nil]
    #expect(sequences.map(\.composer) == folders)
    #expect(sequences.map(\.genre) == folders)
  }

  @Test func theOutcomeIsTheSameEveryTime() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.song(), to: "in/scores/Schubert/song.musicxml")
    try folder.write(Self.midi(channels: [0]), to: "in/scores/a.mid")
    let outputs = ["a", "b"].map { folder.url.appending(path: "\($0).safetensors") }
    for output in outputs { _ = try NoteCorpus.prepare([folder.url.appending(path: "in")], to: output) }
    #expect(try Data(contentsOf: outputs[0]) == Data(contentsOf: outputs[1]))
    #expect(try PreparedNotes(contentsOf: outputs[0])[0].group == "Schubert")
  }

  @Test func foldersWithoutMusicAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "in/readme.txt")
    let output = folder.url.appending(path: "notes.safetensors")
    #expect(throws: CorpusError.noFolders) { try NoteCorpus.prepare([], to: output) }
    let error = #expect(throws: CorpusError.self) {
      try NoteCorpus.prepare([folder.url.appending(path: "in")], to: output)
    }
    #expect(error?.description.contains("in holds no") == true)
    #expect(throws: SourceError.self) { try NoteCorpus.prepare([folder.url.appending(path: "none")], to: output) }
    #expect(!FileManager.default.fileExists(atPath: output.path))
  }

  @Test func anInterruptionLeavesNothing() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.midi(channels: [0]), to: "in/a.mid")
    #expect(throws: CorpusError.interrupted) {
      try NoteCorpus.prepare(
        [folder.url.appending(path: "in")], to: folder.url.appending(path: "n.safetensors"),
        progress: { _, _, _ in true })
    }
    #expect(try folder.names() == ["in"])
  }
}
