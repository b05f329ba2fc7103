// Windows are cut, trained on and scored as they say, and a leak shows.
import Foundation
import Improviser
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct WindowTrainings {
    private let pieces = (0..<3).map { try! NoteClasses(NoteFixtures.sequence($0, notes: 50)) }

    @Test func windowsAreWholeAndOverlap() {
      let windows = NoteWindow.cut(pieces, length: 20, hop: 10)
      #expect(windows.filter { $0.piece == 1 }.map(\.start) == [0, 10, 20, 30])
      #expect(windows.count == 12)
      #expect(NoteWindow.cut(pieces, length: 51, hop: 1).isEmpty)
    }

    @Test func scoreCountsTheChosenPredictions() {
      var score = WindowScore()
      // Three cells of three classes; the first is not scored, the last has no target.
      let third = Float(log(1 / 3.0))
      let logits: [Float] = [third, third, third, log(0.2), log(0.5), log(0.3), third, third, third]
      score.add(.pitch, logits, targets: [0, 1, -1], cells: 1..<3) { _ in true }
      #expect(score.count == 1 && score.right == 1)
      #expect(abs(score.nats(.pitch) - log(2)) < 1e-6)
      #expect(abs(score.bits([.pitch, .interval]) - 1) < 1e-6)
      // A class that names no notes is no right guess.
      score.add(.pitch, logits, targets: [0, 1, -1], cells: 1..<3) { $0 != 1 }
      #expect(score.count == 2 && score.right == 1)
    }

    @Test func frequenciesAreADistribution() {
      let frequencies = TokenFrequencies(pieces, classes: 128)
      let all = NoteClasses(
        tokens: (0..<128).map(Int64.init), noteCounts: [Int](repeating: 1, count: 128),
        extraNats: [Double](repeating: 0, count: 128))
      let sum = (0..<128).reduce(0.0) { sum, start in
        let window = NoteWindow(piece: 0, start: start)
        return sum + exp(-frequencies.score([all], [window], scored: 0..<1).nats)
      }
      #expect(abs(sum - 1) < 1e-9)
    }

    @Test func learnsWindowsByHeartAndStopsWhenInterrupted() throws {
      var options = NoteModelOptions(.musicNetLSTM)
      (options.hidden, options.dropout) = ([32], 0)
      try TorchRuntime.seed(1)
      let training = WindowTraining(learner: try MusicNetLSTM(options), length: 16, batch: 4, rate: 1e-2)
      let windows = NoteWindow.cut(pieces, length: 16, hop: 2)
      let before = try training.score(pieces, windows, scored: 8..<16) { _ in }
      var passes: [Double] = []
      try training.train(
        pieces, windows, passes: 40, seed: 1, passed: { pass, nats in
          #expect(pass == passes.count + 1)
          passes.append(nats)
        }, progress: { _ in })
      let after = try training.score(pieces, windows, scored: 8..<16) { _ in }
      #expect(passes.count == 40 && passes[39] < 0.6 * passes[0])
      #expect(after.accuracy > before.accuracy + 0.3)
      #expect(after.count == windows.count * 8)
      #expect(throws: TrainingError.self) {
        try training.train(pieces, windows, passes: 1, seed: 1) { _ in throw TrainingError("Interrupted.") }
      }
    }
  }
}
