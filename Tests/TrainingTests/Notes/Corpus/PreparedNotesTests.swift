// Tests of the file of prepared notes.

import Foundation
import Improviser
import Music
import Neural
import Testing

@testable import Training

@Suite struct PreparedNotesTests {
  private let sequences = [
    NoteSequence(
      events: [NoteEvent(interval: 0, pitch: 60, duration: 24, velocity: 80)],
      scale: Scale(tonic: PitchClass(wrapping: 2), family: .dorian), group: "a", source: "s", name: "one",
      composer: "Ravel"),
    NoteSequence(
      events: (0..<5).map { NoteEvent(interval: 12, pitch: 60 + $0, duration: 12, velocity: 70) }, group: "b",
      source: "t", name: "a \"second\", longer\nname", part: .lower, genre: "songs"),
  ]

  private func write(_ folder: TemporaryFolder) throws -> URL {
    let url = folder.url.appending(path: "notes.safetensors")
    let writer = try PreparedNotesWriter(to: url, metadata: ["command": "test"])
    for sequence in sequences { try writer.append(sequence) }
    try writer.finish(reports: [SourceReport(source: "s")])
    return url
  }

  @Test func whatIsWrittenIsRead() throws {
    let folder = try TemporaryFolder()
    let notes = try PreparedNotes(contentsOf: try write(folder))
    #expect((0..<notes.count).map { notes[$0] } == sequences)
    #expect(notes.noteCount == 6)
    #expect(notes.noteCount(of: 1) == 5)
    #expect(notes.metadata["command"] == "test")
    #expect(notes.reports.map(\.source) == ["s"])
    let split = Split(group: "b")
    #expect(notes.sequences(of: split).contains(sequences[1]))
  }

  @Test func severalFilesAreOne() throws {
    let folder = try TemporaryFolder()
    let empty = folder.url.appending(path: "empty.safetensors")
    try PreparedNotesWriter(to: empty).finish()
    let url = try write(folder)
    let set = try PreparedNotesSet(contentsOf: [url, empty, url])
    #expect(set.count == 4)
    #expect(set.noteCount == 12)
    #expect((0..<4).map { set[$0] } == sequences + sequences)
    #expect((0..<4).map { set.noteCount(of: $0) } == [1, 5, 1, 5])
    #expect((0..<4).map { set.composer(of: $0) } == ["Ravel", nil, "Ravel", nil])
    #expect((0..<4).map { set.genre(of: $0) } == [nil, "songs", nil, "songs"])
    #expect(Split.allCases.flatMap { set.indices(of: $0) }.sorted() == [0, 1, 2, 3])
    #expect(set.reports.count == 2)
    #expect(throws: CorpusError.noFiles) { try PreparedNotesSet(contentsOf: []) }
  }

  @Test func theTableQuotesItsFields() throws {
    let folder = try TemporaryFolder()
    let url = try write(folder).deletingPathExtension().appendingPathExtension("csv")
    let text = try String(contentsOf: url, encoding: .utf8)
    #expect(text.hasPrefix("index,source,split,part,group,name,notes,scale,composer,genre\n0,s,"))
    #expect(text.contains(",whole,a,one,1,D dorian,Ravel,\n"))
    #expect(text.contains("\"a \"\"second\"\", longer\nname\""))
  }

  @Test func anUnfinishedFileLeavesNothing() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try PreparedNotesWriter(to: folder.url.appending(path: "x.safetensors"))
      try writer.append(sequences[0])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test func foldersAndMissingFoldersAreRefusedAsOutput() throws {
    let folder = try TemporaryFolder()
    #expect(throws: CorpusError.self) { try PreparedNotesWriter(to: folder.url) }
    #expect(throws: CorpusError.self) { try PreparedNotesWriter(to: folder.url.appending(path: "none/x.safetensors")) }
  }

  @Test func otherFilesAreRefusedWithTheRemedy() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "x.safetensors")
    try SafetensorsWriter(metadata: ["format": "other"]).write(to: url)
    let error = #expect(throws: CorpusError.self) { try PreparedNotes(contentsOf: url) }
    #expect(error?.description.contains("notes prepare") == true)
  }

  @Test func damagedNotesAreRefused() throws {
    let folder = try TemporaryFolder()
    let url = try write(folder)
    var data = try Data(contentsOf: url)
    let header = 8 + Int(data[0]) + Int(data[1]) << 8
    data[header + 4] = 200  // the first pitch
    try data.write(to: url)
    let error = #expect(throws: CorpusError.self) { try PreparedNotes(contentsOf: url) }
    #expect(error?.description.contains("outside") == true)
    for length in stride(from: 0, to: data.count, by: 7) {
      try data.prefix(length).write(to: url)
      #expect(throws: (any Error).self) { try PreparedNotes(contentsOf: url) }
    }
  }
}
