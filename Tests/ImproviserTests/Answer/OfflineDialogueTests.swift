// A recording is answered phrase by phrase.

import Music
import Testing

@testable import Improviser

struct OfflineDialogueTests {
  private func phrase(at start: Double, channel: Int = 0) -> [Note] {
    [60, 62, 64, 65, 67].enumerated().map { index, pitch in
      Note(pitch: pitch, onset: start + Double(index) * 0.25, duration: 0.22, channel: channel)
    }
  }

  private func dialogue(_ notes: [Note], seed: UInt64 = 7) -> OfflineDialogue.Result {
    var dialogue = OfflineDialogue(Improviser(prediction: FakePrediction.melodic(), seed: seed))
    return dialogue.run(notes)
  }

  @Test func whatFollowsWaitsForTheAnswer() throws {
    let result = dialogue(phrase(at: 0) + phrase(at: 2.5) + phrase(at: 20))
    #expect(result.answers.count == 3)
    #expect(result.player.count == 15)
    let second = result.player[5].onset
    #expect(second >= result.answers[0].upperBound + OfflineDialogue.pause - 1e-9)
    #expect(result.player[10].onset >= second + 17)
    for answer in result.answers {
      #expect(!result.player.contains { $0.onset < answer.upperBound && $0.end > answer.lowerBound })
    }
    #expect(result.answer.allSatisfy { note in result.answers.contains { $0.contains(note.onset) } })
    #expect(result.answer.allSatisfy { $0.duration > 0 && $0.channel == 0 })
  }

  @Test func isRepeatable() {
    let notes = phrase(at: 0) + phrase(at: 6)
    #expect(dialogue(notes) == dialogue(notes))
    #expect(dialogue(notes) == dialogue(notes.reversed()))
    #expect(dialogue(notes) != dialogue(notes, seed: 8))
  }

  @Test func nothingHasNoAnswer() {
    #expect(dialogue([]) == OfflineDialogue.Result())
    let drums = dialogue(phrase(at: 1, channel: 9))
    #expect(drums.player.count == 5)
    #expect(drums.answer.isEmpty)
  }

  @Test func leavesOutWhatIsNoNote() {
    let bad = [
      Note(pitch: 128, onset: 0, duration: 1), Note(pitch: 60, velocity: 0, onset: 0, duration: 1),
      Note(pitch: 60, onset: .nan, duration: 1), Note(pitch: 60, onset: 0, duration: -1),
      Note(pitch: 60, onset: 0, duration: .infinity), Note(pitch: 60, onset: 0, duration: 1, channel: 16),
    ]
    #expect(dialogue(bad) == OfflineDialogue.Result())
  }
}
