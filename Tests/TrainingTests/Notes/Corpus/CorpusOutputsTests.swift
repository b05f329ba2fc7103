// Tests of the table, the piano rolls and the tokens of a corpus.

import Foundation
import Improviser
import MIDI
import Music
import Testing

@testable import Training

@Suite struct CorpusOutputsTests {
  private func prepare(
    _ folder: TemporaryFolder, _ change: (inout CorpusOptions) -> Void = { _ in }
  ) throws -> NoteCorpus.Outcome {
    var options = CorpusOptions()
    options.writesTable = true
    options.rolls = .beat(4)
    options.writesTokens = true
    change(&options)
    return try NoteCorpus.prepare(
      [folder.url.appending(path: "in")], to: folder.url.appending(path: "o.safetensors"), options: options)
  }

  /// A piano, a violin from track 2, and drums; the tempo doubles after two quarters.
  private static func midi() -> Data {
    let scale = (0..<16).map { ScoreNote(onset: Double($0), duration: 0.5, pitch: 60 + $0, velocity: 70) }
    let violin = [ScoreNote(onset: 3, duration: 1.25, pitch: 80, velocity: 90, channel: 2)]
    let drums = [ScoreNote(onset: 1, duration: 0.25, pitch: 36, velocity: 100, channel: 9)]
    let tracks = [
      MIDITrack(notes: scale), MIDITrack(notes: violin, programs: [2: 40]), MIDITrack(notes: drums),
    ]
    return StandardMIDIFile.data(
      tracks: tracks, tempoMap: TempoMap(changes: [.init(quarters: 2, microsecondsPerQuarter: 250_000)]))
  }

  @Test func theTableHasEveryNoteInBothTimes() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.midi(), to: "in/Bach, J. S./a.mid")
    let outcome = try prepare(folder)
    #expect(outcome.files.map(\.lastPathComponent) == [
      "o.safetensors", "o.csv", "o-report.csv", "o-notes.csv", "o-notes.safetensors", "o-rolls.safetensors",
      "o-tokens.safetensors",
    ])
    let text = try Data(contentsOf: folder.url.appending(path: "o-notes.csv"))
    let rows = CSVText.rows(text).map(\.fields)
    #expect(rows.count == 19)
    #expect(rows[0].joined(separator: ",") + "\n" == NoteTable.header)
    let end = ["in/Bach, J. S./a.mid", "Bach, J. S."]
    #expect(rows.contains(["80", "90", "1.25", "1.5625", "3", "1.25", "40", "Violin"] + end))
    #expect(rows.contains(["36", "100", "0.5", "0.625", "1", "0.25", "128", "Drums"] + end))
    let table = try SafetensorsText(folder.url.appending(path: "o-notes.safetensors"))
    let starts: [Double] = rows.dropFirst().compactMap { Double($0[2]) }
    #expect(table.numbers("start", as: Double.self) == starts)
    let pitches: [Int32] = rows.dropFirst().compactMap { Int32($0[0]) }
    #expect(table.numbers("pitch", as: Int32.self) == pitches)
    #expect(table.numbers("composer", as: Int32.self) == Array(repeating: 0, count: 18))
    #expect(try table.list("composers") == ["Bach, J. S."])
    #expect(try table.list("pieces") == ["in/Bach, J. S./a.mid"])
    #expect(try table.list("instruments").count == 129)
  }

  @Test func rollsHaveVelocitiesWithoutDrums() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.midi(), to: "in/a.mid")
    try folder.write(NoteCorpusTests.midi(channels: [0]), to: "in/b.mid")
    _ = try prepare(folder)
    let rolls = try SafetensorsText(folder.url.appending(path: "o-rolls.safetensors"))
    #expect(rolls.numbers("starts", as: Int64.self) == [0, 62, 124])
    #expect(rolls.tensors["roll"]?.shape == [124, 128])
    let roll = rolls.numbers("roll", as: UInt8.self)
    func cell(_ frame: Int, _ pitch: Int) -> UInt8 { roll[128 * frame + pitch] }
    let first: [UInt8] = (0..<4).map { cell($0, 60) }
    #expect(first == [70, 70, 0, 0])
    let violin: [UInt8] = (11...17).map { cell($0, 80) }
    #expect(violin == [0, 90, 90, 90, 90, 90, 0])
    #expect((0..<62).allSatisfy { cell($0, 36) == 0 })
    #expect(rolls.metadata["rate"] == "4.0/beat")
  }

  @Test func tokensAreClassesWithOffsets() throws {
    let folder = try TemporaryFolder()
    try folder.write(NoteCorpusTests.midi(channels: [0]), to: "in/a.mid")
    _ = try prepare(folder)
    let tokens = try SafetensorsText(folder.url.appending(path: "o-tokens.safetensors"))
    let numbers = tokens.numbers("tokens", as: Int32.self)
    #expect(tokens.numbers("starts", as: Int64.self) == [0, 65])
    let (quarter, eighth) = (NoteVocabulary.intervalClass(ticks: 24), NoteVocabulary.durationClass(ticks: 12))
    let expected: [Int] = [0, 101, 169 + eighth, 219, quarter, 103, 169 + eighth, 219]
    #expect(numbers.prefix(8).map { Int($0) } == expected)
    #expect(numbers.last == 40)
    let vocabulary = try JSONSerialization.jsonObject(with: Data((tokens.metadata["vocabulary"] ?? "").utf8))
    let fields = try #require(vocabulary as? [String: Any])
    #expect(fields["size"] as? Int == 225)
    let pitch = fields["pitch"] as? [String: Int]
    #expect(pitch?["offset"] == 41)
    #expect(tokens.metadata["sequences"]?.contains("a.mid") == true)
  }

  @Test func theOutcomeDoesNotDependOnThreads() throws {
    let folder = try TemporaryFolder()
    for number in 0..<30 {
      try folder.write(NoteCorpusTests.midi(channels: [0, 1], transposed: number), to: "in/\(number).mid")
    }
    try folder.write("X:1\nT:Tune\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|cBAG|FEDC|\n", to: "in/book.abc")
    let files = try prepare(folder).files
    let contents = try files.map { try Data(contentsOf: $0) }
    _ = try prepare(folder) { $0.threads = 3 }
    for (file, content) in zip(files, contents) { #expect(try Data(contentsOf: file) == content) }
  }

  @Test func shardsTogetherAreTheWhole() throws {
    let folder = try TemporaryFolder()
    for number in 0..<7 {
      try folder.write(NoteCorpusTests.midi(channels: [0], transposed: number), to: "in/a/\(number).mid")
    }
    // The same tune in two keys and two books, which different shards read.
    try folder.write("X:1\nT:One\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|cBAG|FEDC|\n", to: "in/1.abc")
    try folder.write("X:1\nT:Two\nM:4/4\nL:1/4\nK:D\nDEFG|ABcd|dcBA|GFED|\n", to: "in/2.abc")
    let whole = folder.url.appending(path: "w.safetensors")
    _ = try NoteCorpus.prepare([folder.url.appending(path: "in")], to: whole)
    let parts = try (1...4).map { index in
      var options = CorpusOptions()
      options.shard = try #require(CorpusShard("\(index)/4"))
      let url = folder.url.appending(path: "\(index).safetensors")
      _ = try NoteCorpus.prepare([folder.url.appending(path: "in")], to: url, options: options)
      return url
    }
    let (one, several) = (try PreparedNotes(contentsOf: whole), try PreparedNotesSet(contentsOf: parts))
    #expect(one.count == 9)
    #expect(several.count == 9)
    for index in 0..<one.count { #expect(one[index] == several[index]) }
    #expect(one[7].group == one[8].group)
  }

  @Test func anInterruptionLeavesNoneOfTheFiles() throws {
    let folder = try TemporaryFolder()
    for number in 0..<9 {
      try folder.write(NoteCorpusTests.midi(channels: [0], transposed: number), to: "in/\(number).mid")
    }
    var options = CorpusOptions()
    options.writesTable = true
    options.rolls = .second(10)
    options.writesTokens = true
    options.threads = 2
    #expect(throws: CorpusError.interrupted) {
      try NoteCorpus.prepare(
        [folder.url.appending(path: "in")], to: folder.url.appending(path: "o.safetensors"), options: options,
        progress: { _, done, _ in done == 4 })
    }
    #expect(try folder.names() == ["in"])
  }

  @Test func emptyShardsAreFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write(NoteCorpusTests.midi(channels: [0]), to: "in/a.mid")
    let outcome = try prepare(folder) { $0.shard = CorpusShard("1/2") ?? .whole }
    #expect(outcome.sequences == 0)
    #expect(try PreparedNotes(contentsOf: outcome.files[0]).count == 0)
  }

  @Test(arguments: ["", "0/2", "3/2", "1", "1/2/3", "a/b", "1/-1", "1/99999999"])
  func otherShardsAreRefused(text: String) { #expect(CorpusShard(text) == nil) }

  @Test func ratesAreRead() {
    #expect(RollRate("4/beat") == .beat(4))
    #expect(RollRate("100/s") == .second(100))
    for text in ["", "4", "0/s", "-1/s", "nan/s", "4/bar", "1e9/s", "4/beat/s"] { #expect(RollRate(text) == nil) }
  }

  @Test func decimalsAreShort() {
    func text(_ number: Double) -> String {
      var bytes: [UInt8] = []
      bytes.append(millionths: number)
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect([0, 1, 0.5, 12.000001, 1.0 / 3, -0.25, 1234567.1].map(text)
      == ["0", "1", "0.5", "12.000001", "0.333333", "-0.25", "1234567.1"])
  }
}
