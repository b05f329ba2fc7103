// Tests of the figures of answers.

import Foundation
import Improviser
import Music
import Testing

@testable import Training

@Suite struct AnswerEvaluationTests {
  @Test func phrasesBeginAndEndAtRestingPlaces() throws {
    let sequence = NoteEvaluationTests.sequence(.test, count: 64)
    let phrase = try #require(HeldOutPhrase.cut(sequence, near: 1))
    // Every eighth note is long: the phrase begins behind the first of them and ends behind the next.
    #expect(phrase.phrase.first?.pitch == sequence.events[8].pitch)
    #expect(phrase.phrase.count == 8)
    #expect(phrase.continuation.count == 8)
    let end = try #require(phrase.phrase.map(\.end).max())
    #expect(phrase.continuation.allSatisfy { $0.onset >= end - 1e-9 })
    #expect(abs(end - 8 * 12 * HeldOutPhrase.tick) < 1e-9)
    #expect(HeldOutPhrase.cut(sequence, near: 60) == nil)
    var unknown = sequence
    unknown.scale = nil
    #expect(HeldOutPhrase.cut(unknown, near: 1) == nil)
  }

  @Test func answersAreMeasuredBesideTheComposer() throws {
    let folder = try TemporaryFolder()
    let notes = try NoteEvaluationTests.prepared(folder, [NoteEvaluationTests.sequence(.test, count: 200)])
    let phrases = HeldOutPhrase.choose(5, from: notes, split: .test, seed: 3)
    #expect(phrases.count == 5)
    let evaluation = try AnswerEvaluation(
      phrases, styles: [("balanced", AnswerSettings())], seed: 1, progress: { _ in false },
      predictor: { FakePrediction() })
    #expect(evaluation.rows.map(\.name) == ["composer", "balanced"])
    // The scale is locked.
    #expect(evaluation.rows[1].figures.inScale == 1)
    #expect(evaluation.rows[1].empty == 0)
    #expect((0.4...2).contains(evaluation.rows[1].figures.lengthRatio))
    #expect(evaluation.text.contains("5 held-out phrases"))
    #expect(try evaluation.json().contains("composer"))
  }

  @Test func withoutPhrasesThereIsAnError() {
    #expect(throws: TrainingError.self) {
      try AnswerEvaluation([], styles: [], seed: 1, progress: { _ in false }, predictor: { FakePrediction() })
    }
  }
}
