// The figures of an answer, counted by hand.

import Music
import Testing

@testable import Improviser

struct AnswerFiguresTests {
  private let cMajor = Scale(tonic: PitchClass(wrapping: 0), family: .major)

  @Test func countsWhatIsThere() throws {
    let phrase = [Note(pitch: 60, onset: 0, duration: 2)]
    let answer = [
      Note(pitch: 60, onset: 3, duration: 0.5), Note(pitch: 60, onset: 3.5, duration: 0.5),
      Note(pitch: 61, onset: 4.5, duration: 0.5), Note(pitch: 67, onset: 5, duration: 1),
      Note(pitch: 64, onset: 5.01, duration: 1),
    ]
    let figures = try #require(AnswerFigures(answer, phrase: phrase, scale: cMajor))
    #expect(figures.notes == 5)
    #expect(figures.inScale == 0.8)
    #expect(abs(figures.lengthRatio - 3.01 / 2) < 1e-9)
    #expect(figures.pitchRange == 7)
    #expect(abs(figures.repeatedNotes - 1.0 / 3) < 1e-9)
    #expect(figures.distinctPitches == 4)
    #expect(abs(figures.silence - 0.5 / 3.01) < 1e-9)
    #expect(AnswerFigures(answer, phrase: phrase, scale: nil)?.inScale == nil)
  }

  @Test func ofNothingThereAreNone() {
    #expect(AnswerFigures([], phrase: [Note(pitch: 60, onset: 0, duration: 1)], scale: nil) == nil)
    #expect(AnswerFigures([Note(pitch: 60, onset: 0, duration: 1)], phrase: [], scale: nil) == nil)
    #expect(AnswerFigures.mean([]) == nil)
  }

  @Test func meansAreMeans() throws {
    let phrase = [Note(pitch: 60, onset: 0, duration: 1)]
    let one = try #require(AnswerFigures([Note(pitch: 60, onset: 0, duration: 1)], phrase: phrase, scale: cMajor))
    let two = try #require(AnswerFigures([Note(pitch: 61, onset: 0, duration: 3)], phrase: phrase, scale: cMajor))
    let mean = try #require(AnswerFigures.mean([one, two]))
    #expect(mean.inScale == 0.5)
    #expect(mean.lengthRatio == 2)
  }
}
