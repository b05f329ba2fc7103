// MIDI files answered: what comes out, that it repeats, and what is refused.

import Foundation
import MIDI
import Music
import ScaleDetector
import Testing

@testable import Engine
@testable import Improviser

@Suite struct FileAnswerTests {
  private let folder: AnalysisFolder

  init() throws { folder = try AnalysisFolder() }

  private func engine(_ settings: AnswerSettings = AnswerSettings(), seed: UInt64 = 1) throws -> FileAnswer {
    try FileAnswer(
      noteModel: noteModelForTests(), scaleModel: try ChromaLite(contentsOf: modelForTests()), settings: settings,
      seed: seed)
  }

  private func file(_ notes: [Note], programs: [Int: Int] = [:]) throws -> String {
    try StandardMIDIFile.data(notes: notes, programs: programs).write(to: folder.url.appending(path: "in.mid"))
    return folder.path("in.mid")
  }

  /// Two phrases of six notes.
  private func phrases(channel: Int = 0) -> [Note] {
    (0..<12).map { index in
      let onset = Double(index) * 0.25 + (index >= 6 ? 2 : 0)
      return Note(pitch: [62, 64, 65, 67, 69, 65][index % 6], onset: onset, duration: 0.2, channel: channel)
    }
  }

  @Test func everyPhraseIsAnswered() throws {
    let result = try engine().answer(path: try file(phrases(), programs: [0: 12]))
    #expect(result.answers.count == 2 && result.player.count == 12 && !result.answer.isEmpty)
    // Nobody plays into the other's part, and the sides have channels of their own.
    for range in result.answers { #expect(!result.player.contains { range.contains($0.onset) }) }
    #expect(Set(result.answer.map(\.channel)) == [1] && result.programs[0] == 12)
    let written = try StandardMIDIFile(data: result.midi(onlyAnswer: false))
    #expect(written.trackNames == ["player", "answer"])
    #expect(written.notes().count == result.player.count + result.answer.count)
    #expect(try StandardMIDIFile(data: result.midi(onlyAnswer: true)).notes().count == result.answer.count)
    #expect(result.text.contains("2 phrases answered") && result.json.hasPrefix("{\"file\":"))
  }

  @Test func sameSeedSameAnswer() throws {
    let path = try file(phrases())
    let first = try engine(seed: 3).answer(path: path).midi(onlyAnswer: false)
    #expect(try engine(seed: 3).answer(path: path).midi(onlyAnswer: false) == first)
    #expect(try engine(seed: 4).answer(path: path).midi(onlyAnswer: false) != first)
  }

  @Test func patternsAndMorphsAreKept() throws {
    let (start, end) = ("tritone/interpolation/1:3", "diapente/infra-interpolation/2:10")
    let model = try ThesaurusModel(contentsOf: thesaurusForTests())
    let morph = "D morph \(start) \(end)"
    for (rule, place) in [("D thesaurus:" + start, 0.0), (morph, 0.4), (morph, 1)] {
      var settings = AnswerSettings()
      (settings.scaleRule, settings.morph) = (try #require(ScaleRule(rule)), place)
      let engine = try FileAnswer(
        noteModel: noteModelForTests(), scaleModel: try ChromaLite(contentsOf: modelForTests()), settings: settings,
        seed: 1, thesaurus: model)
      let result = try engine.answer(path: try file(phrases()))
      let scale = try #require(result.pattern)
      #expect(result.answer.allSatisfy { scale.pitches.contains($0.pitch) } && !result.answer.isEmpty)
      #expect(result.text.contains("in \(scale.name)") && result.json.contains("\"pattern\":\"\(scale.name)\""))
      #expect(result.text.contains("of the way") == rule.contains("morph"))
      if place == 1 { #expect(scale.name == "D thesaurus:" + end) }
    }
    #expect(try engine().answer(path: try file(phrases())).json.contains("\"pattern\":null"))
  }

  @Test func styleModeDoesNotSilenceIt() throws {
    var settings = AnswerSettings()
    settings.mode = .listen
    #expect(try !engine(settings).answer(path: try file(phrases())).answer.isEmpty)
  }

  @Test func nothingToAnswerSaysWhy() throws {
    let empty = try file([])
    let error = #expect(throws: FileAnswerError.self) { try engine().answer(path: empty) }
    #expect(error?.description.contains("no notes") == true)
    let drums = try file(phrases(channel: 9))
    #expect(throws: FileAnswerError.self) { try engine().answer(path: drums) }
    try Data("junk".utf8).write(to: folder.url.appending(path: "junk.mid"))
    let junk = #expect(throws: FileAnswerError.self) { try engine().answer(path: folder.path("junk.mid")) }
    #expect(junk?.description.contains("junk.mid") == true)
  }

  @Test func oddPhrasesAreAnswered() throws {
    let one = [Note(pitch: 60, onset: 0, duration: 0.3)]
    let chord = (0..<10).map { Note(pitch: 50 + 3 * $0, onset: 0, duration: 1) }
    let many = (0..<2000).map { Note(pitch: 40 + $0 * 7 % 40, onset: Double($0) * 0.05, duration: 0.04) }
    for notes in [one, chord, many] {
      let result = try engine().answer(path: try file(notes))
      #expect(result.player.count == notes.count && !result.answer.isEmpty)
    }
  }
}
