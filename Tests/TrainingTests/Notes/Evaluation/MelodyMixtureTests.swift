// Tests of mixtures and n-gram memories of melodies.

import Foundation
import MIDI
import Testing

@testable import Training

@Suite struct MelodyMixtureTests {
  @Test func theModelThatKnowsGetsTheShare() {
    let knows = [0.9, 0.1]
    let guesses = [0.5, 0.5]
    let mixture = MelodyMixture(Array(repeating: [guesses, knows], count: 50), targets: Array(repeating: 0, count: 50))
    #expect(mixture.shares[1] > 0.9)
    let mixed = mixture.mix([guesses, knows])
    #expect(abs(mixed.reduce(0, +) - 1) < 1e-9)
    #expect(mixed[0] > 0.85)
  }

  @Test func oneModelStaysAsItIs() {
    let mixture = MelodyMixture([[[0.25, 0.75]]], targets: [1])
    #expect(mixture.mix([[0.25, 0.75]]) == [0.25, 0.75])
  }

  @Test func memoriesGiveDistributionsAndLearn() {
    let melody = Melody((0..<40).map { MIDI.ScoreNote(onset: Double($0), duration: 1, pitch: [60, 64, 67][$0 % 3]) })
    let memory = MelodyMemory(alphabet: [60, 62, 64, 67], order: 3, escape: .c)
    let predictions = memory.predictions(melody, learns: true)
    for note in predictions { for model in note { #expect(abs(model.reduce(0, +) - 1) < 1e-4) } }
    // The first note is anyone's guess; later 64 follows 60.
    #expect(predictions[0][0].allSatisfy { abs($0 - 0.25) < 1e-6 })
    #expect(predictions[39][0][0] > 0.6)
    #expect(predictions[39][1][0] > 0.5)
    let asked = memory.predictions(melody, learns: false)
    #expect(asked == memory.predictions(melody, learns: false))
  }
}
