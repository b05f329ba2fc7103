// The dialogue with a network and its memories.

import Music
import Testing

@testable import Improviser

struct ModelDialogueTests {
  private let dDorian = Scale(tonic: PitchClass(wrapping: 2), family: .dorian)

  /// Four phrases in D dorian.
  private var notes: [Note] {
    let tune = [62, 64, 65, 67, 69, 67, 65, 64, 62, 60, 62, 65, 69, 72, 71, 69]
    return (0..<4).flatMap { phrase in
      tune.enumerated().map { index, pitch in
        Note(
          pitch: pitch + (phrase % 2 == 1 ? 12 : 0), velocity: 60 + index * 3,
          onset: Double(phrase) * 6 + Double(index) * 0.25, duration: 0.23)
      }
    }
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func aLockedScaleHoldsWithAnyNetwork(seed: UInt64) throws {
    var settings = AnswerSettings()
    settings.scaleRule = .lock(dDorian)
    let model = try RandomNoteModel(spread: 2).model(seed: seed)
    var dialogue = OfflineDialogue(Improviser(model: model, settings: settings, seed: seed))
    let result = dialogue.run(notes)
    #expect(result.answers.count == 4)
    #expect(result.answer.count > 20)
    #expect(result.answer.allSatisfy { dDorian.contains($0.pitchClass) })
    for (index, answer) in result.answers.enumerated() {
      let phrase = Array(notes[index * 16..<index * 16 + 16])
      let part = result.answer.filter { answer.contains($0.onset) }
      let figures = try #require(AnswerFigures(part, phrase: phrase, scale: dDorian))
      #expect((0.85...1.15).contains(figures.lengthRatio))
      #expect(figures.distinctPitches >= 3)
      #expect(figures.pitchRange <= 30)
    }
  }

  @Test func isRepeatable() throws {
    let model = try RandomNoteModel().model(seed: 5)
    func run(_ seed: UInt64) -> OfflineDialogue.Result {
      var dialogue = OfflineDialogue(Improviser(model: model, seed: seed))
      return dialogue.run(notes)
    }
    #expect(run(1) == run(1))
    #expect(run(1).answer != run(2).answer)
  }

  @Test func theMemoryBringsThePlayersOwnNotes() throws {
    let model = try RandomNoteModel().model(seed: 5)
    func share(_ memory: Double) -> Double {
      var settings = AnswerSettings()
      settings.memory = memory
      settings.mirror = 0
      var dialogue = OfflineDialogue(Improviser(model: model, settings: settings, seed: 1))
      let again = notes.map { Note(pitch: $0.pitch, onset: $0.onset + 40, duration: 0.23) }
      let answer = dialogue.run(notes + again).answer
      return Double(answer.count { dDorian.contains($0.pitchClass) }) / Double(answer.count)
    }
    // The network knows nothing of the scale; what keeps to it comes from what was played.
    #expect(share(1) > share(0) + 0.1)
  }
}
