// The vocabulary of notes and chords: order, limits, and exact probabilities of what is outside it.
import Foundation
import Improviser
import Testing

@testable import Training

@Suite struct ChordVocabularyTests {
  private func sequence(_ chords: [[Int]]) -> NoteSequence {
    let events = chords.enumerated().flatMap { place, chord in
      chord.enumerated().map { index, pitch in
        NoteEvent(interval: place == 0 || index > 0 ? 0 : 12, pitch: pitch, duration: 12, velocity: 64)
      }
    }
    return NoteSequence(events: events, group: "g", source: "s", name: "piece")
  }

  @Test func mostFrequentFirstThenShorterThenLower() throws {
    let piece = sequence([[60], [62], [60, 64, 67], [62], [60, 64, 67], [48], [47, 50]])
    let tokens = try ChordVocabulary.tokens(of: NoteSource([piece]), limit: 10)
    #expect(tokens == ["62", "60.64.67", "48", "60", "47.50"])
    #expect(try ChordVocabulary.tokens(of: NoteSource([piece]), limit: 2) == ["62", "60.64.67"])
    #expect(throws: TrainingError.self) { try ChordVocabulary.tokens(of: NoteSource([piece]), limit: 0) }
  }

  @Test func readsAPieceAsTokens() throws {
    let vocabulary = try ChordVocabulary(["62", "60.64.67"])
    let classes = try vocabulary.classes(of: sequence([[60, 64, 67], [62], [127]]))
    #expect(classes[.pitch] == [1, 0, 2])
    #expect(classes.noteCounts == [3, 1, 1])
    #expect(vocabulary.other == 2 && vocabulary.count == 3)
    // One of 128 pitches; above the highest nothing follows.
    #expect(classes.extraNats == [0, 0, log(128.0)])
    #expect(throws: TrainingError.self) { try vocabulary.classes(of: sequence([[64, 60]])) }
  }

  @Test func spellingIsADistributionOverAllChords() {
    // All chords with up to four pitches at the top of the range, where enumeration is short: the chance of
    // everything that begins with 124 is that of the pitch 124.
    let above = [125, 126, 127]
    let chords = (0..<8).map { mask in [124] + above.filter { mask >> ($0 - 125) & 1 == 1 } }
    let sum = chords.reduce(0) { $0 + exp(-ChordVocabulary.spelling($1)) }
    #expect(abs(sum - 1.0 / 128) < 1e-12)
  }

  @Test(arguments: [[], ["60", "60"], ["64.60"], ["x"], ["128"], ["60."], ["060"], ["-1"], [""]])
  func refuses(_ tokens: [String]) {
    #expect(throws: TrainingError.self) { try ChordVocabulary(tokens) }
  }
}
