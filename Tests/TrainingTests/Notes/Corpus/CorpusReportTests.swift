// Tests of what is left out of a corpus, and of the filters.

import Foundation
import MIDI
import Music
import Testing

@testable import Training

@Suite struct CorpusReportTests {
  private func prepare(
    _ folder: TemporaryFolder, _ change: (inout CorpusOptions) -> Void = { _ in }
  ) throws -> (notes: PreparedNotes, outcome: NoteCorpus.Outcome, rows: [String: [String]]) {
    var options = CorpusOptions()
    change(&options)
    let output = folder.url.appending(path: "o.safetensors")
    let outcome = try NoteCorpus.prepare([folder.url.appending(path: "in")], to: output, options: options)
    let rows = CSVText.rows(try Data(contentsOf: folder.url.appending(path: "o-report.csv"))).map(\.fields)
    return (try PreparedNotes(contentsOf: output), outcome, Dictionary(rows.map { ($0[0], $0) }) { first, _ in first })
  }

  @Test func everyFileIsNamedWithItsReason() throws {
    let folder = try TemporaryFolder()
    try folder.write(NoteCorpusTests.midi(channels: [0]), to: "in/a.mid")
    try folder.write(NoteCorpusTests.midi(channels: [4]), to: "in/b.mid")
    try folder.write("MThd nonsense", to: "in/broken.mid")
    try folder.write("", to: "in/empty.mid")
    try folder.write(StandardMIDIFile.data(notes: []), to: "in/silent.mid")
    try folder.write(StandardMIDIFile.data(notes: [Note(pitch: 60, onset: 0, duration: 1)]), to: "in/short.mid")
    try folder.write(Data(count: 300_000), to: "in/huge.mid")
    try folder.write(NoteCorpusTests.midi(channels: [0, 1, 2], transposed: 1), to: "in/many.mid")
    try folder.write("no archive", to: "in/broken.mxl")
    try folder.write("<a></b>", to: "in/broken.xml")
    try folder.write("words", to: "in/readme.txt")
    try folder.write("x", to: "in/cover.PNG")
    mkfifo(folder.url.appending(path: "in/pipe.mid").path, 0o600)
    let (notes, outcome, rows) = try prepare(folder) {
      $0.largestFile = 1 << 20
      $0.mostNotes = 40
    }
    func reason(_ name: String) -> String { rows["in/" + name]?[2] ?? "not there" }
    #expect(notes.count == 1)
    #expect(rows["in/a.mid"] == ["in/a.mid", "kept", "", "16", ""])
    #expect(reason("b.mid") == "duplicate: has the notes of in/a.mid")
    #expect(reason("broken.mid").hasPrefix("broken: it "))
    #expect(reason("empty.mid") == "empty")
    #expect(reason("silent.mid") == "empty")
    #expect(reason("short.mid") == "few notes: fewer than 16 notes")
    #expect(reason("huge.mid") == "huge: it has 300000 bytes; the limit is 262144")
    #expect(reason("many.mid") == "huge: it has 48 notes; the limit is 40")
    #expect(reason("broken.mxl").contains("no ZIP archive"))
    #expect(reason("broken.xml").contains("no well-formed XML"))
    #expect(reason("readme.txt") == "not music: text and tables")
    #expect(reason("cover.PNG") == "not music: images")
    #expect(reason("pipe.mid").contains("not a regular file"))
    let summary = Dictionary(uniqueKeysWithValues: outcome.summary.map { ($0.category, $0.count) })
    #expect(summary["broken"] == 4)
    #expect(summary["empty"] == 2)
    #expect(summary["huge"] == 2)
    #expect(outcome.summary.first?.description.hasPrefix("left out, broken: 4 (in/broken.mxl (") == true)
    #expect(try prepare(folder) { $0.keepsDuplicates = true }.notes.count == 6)
  }

  @Test func oddMIDIFilesAreReadAndRemarked() throws {
    let folder = try TemporaryFolder()
    // SMPTE time, running status, a struck key struck again, a note of no length, drums, and no end of track.
    var track: [UInt8] = [0, 0x90, 60, 80, 2, 60, 0]
    for pitch in 61..<UInt8(76) { track += [4, pitch, 80, 2, pitch, 0] }
    track += [0, 60, 80, 2, 60, 80, 2, 60, 0, 2, 60, 0, 0, 70, 80, 0, 70, 0, 0, 0x99, 36, 90, 4, 36, 0]
    func little(_ count: Int) -> [UInt8] { [0, 0, UInt8(count >> 8), UInt8(count & 0xFF)] }
    let header: [UInt8] = Array("MThd".utf8) + [0, 0, 0, 6, 0, 2, 0, 1, 0xE7, 4]
    try folder.write(Data(header + Array("MTrk".utf8) + little(track.count) + track), to: "in/odd.mid")
    // A delta time of 2^28 - 1 ticks of 1/480 quarter: 77 hours.
    let late: [UInt8] = [0, 0x90, 60, 80, 0xFF, 0xFF, 0xFF, 0x7F, 60, 0]
    let start: [UInt8] = Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 1, 0xE0]
    try folder.write(Data(start + Array("MTrk".utf8) + little(late.count) + late), to: "in/late.mid")
    let (notes, _, rows) = try prepare(folder)
    #expect(rows["in/odd.mid"]?[1] == "kept")
    let remarks = rows["in/odd.mid"]?[4] ?? ""
    for remark in [
      "format 2", "SMPTE time", "1 tracks without an end of track", "1 notes of no length", "1 notes of percussion",
      "1 notes struck while their key sounds",
    ] { #expect(remarks.contains(remark)) }
    #expect(notes[0].events.count == 19)
    #expect(rows["in/late.mid"]?[2] == "huge: it lasts 77 hours; the limit is 24")
  }

  @Test func musicNetIsReadWithItsMetadata() throws {
    let folder = try TemporaryFolder()
    try MusicNetFixture.write(to: folder, "in")
    try folder.write("start_time,end_time\n1,2\n", to: "in/train_labels/1.csv")
    try folder.write(MusicNetFixture.header + "0,1,1,x,0,1,Q\n", to: "in/train_labels/2.csv")
    let (notes, outcome, rows) = try prepare(folder) { $0.writesTable = true }
    let sequences = (0..<notes.count).map { notes[$0] }
    #expect(sequences.map(\.composer) == [nil, "Schubert", "Beethoven"])
    #expect(sequences.map(\.group) == ["test_labels/9999.csv", "Schubert", "Beethoven"])
    #expect(sequences.map(\.genre) == [nil, "Piano Quintet", "Solo Piano"])
    #expect(sequences[2].name == "train_labels/1728.csv Sonata, with a comma, 1. Allegro")
    #expect(sequences[1].events.map(\.interval) == [0] + Array(repeating: 24, count: 19))
    #expect(sequences[1].events.allSatisfy { $0.duration == 12 })
    #expect(outcome.sounds.map(\.lastPathComponent) == ["1727.wav"])
    #expect(rows["in/train_labels/1.csv"]?[2].contains("line 1: the columns instrument, note") == true)
    #expect(rows["in/train_labels/2.csv"]?[2].contains("line 2: note is \"x\"") == true)
    #expect(rows["in/test_labels/9999.csv"]?[4].contains("composer unknown") == true)
    let table = CSVText.rows(try Data(contentsOf: folder.url.appending(path: "o-notes.csv"))).map(\.fields)
    #expect(table.contains { $0.prefix(8) == ["61", "80", "0.5", "0.75", "1", "0.5", "40", "Violin"] })
    #expect(table.contains { $0.last == "unknown" && $0[7] == "Flute" })
  }

  @Test func composersComeFromTheScore() throws {
    let folder = try TemporaryFolder()
    let creator = "<identification><creator type=\"lyricist\">Heine</creator><creator type=\"composer\">Clara Schumann"
    try folder.write(
      NoteCorpusTests.song(creator: creator + "</creator></identification>", program: 53), to: "in/songs/a.musicxml")
    try folder.write("X:1\nT:Tune\nC: O'Carolan \nM:4/4\nL:1/4\nK:C\nCDEF|GABc|cBAG|FEDC|\n", to: "in/harp/book.abc")
    let all = try prepare(folder).notes
    #expect((0..<all.count).map { all.composer(of: $0) }.suffix(2) == ["Clara Schumann", "O'Carolan"])
    #expect(all[all.count - 1].genre == "harp")
    #expect(try prepare(folder) { $0.filter.composers = ["SCHUMANN"] }.notes.count == 4)
    #expect(try prepare(folder) { $0.filter.genres = ["Harp"] }.notes.count == 1)
    // Program 53 counted from 1 is 52, "Choir Aahs"; the piano part has the next one.
    for instrument in ["choir", "52", "part 0"] {
      let voice = try prepare(folder) { $0.filter.instruments = [instrument] }.notes
      #expect(voice[0].part == .whole)
      #expect(voice[0].events.count == 16)
    }
  }

  @Test func filtersThatNothingPassesAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write(NoteCorpusTests.midi(channels: [0]), to: "in/Schubert/a.mid")
    try folder.write(NoteCorpusTests.midi(channels: [0], transposed: 1), to: "in/Fauré/a.mid")
    let error = #expect(throws: CorpusError.self) { try prepare(folder) { $0.filter.composers = ["Schubret"] } }
    #expect(
      error?.description
        == "No piece passes --composer \"Schubret\": the composers are Schubert, Fauré; correct the filters.")
    #expect(throws: CorpusError.self) { try prepare(folder) { $0.filter.instruments = ["tuba"] } }
    #expect(try folder.names() == ["in", "o-report.csv"])
    #expect(try prepare(folder) { $0.filter.composers = ["faure"] }.notes.count == 1)
  }

  @Test func whatIsLeftOutIsToldWhenNothingIsKept() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "in/a.mid")
    let error = #expect(throws: CorpusError.self) { try prepare(folder) }
    #expect(error?.description.contains("(1 broken)") == true)
  }
}
