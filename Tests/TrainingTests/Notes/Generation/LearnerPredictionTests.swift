// Stepping a network through libtorch gives what the inference that ships gives.
import Foundation
import Improviser
import Music
import Testing
import Torch

@testable import Training

extension TorchRandomTests.Notes {
  @Suite struct LearnerPredictions {
    private func largestDifference(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Float {
      a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 1 : 1
    }

    @Test func agreesWithTheShippedInference() throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "learner-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let url = folder.appending(path: "notes.safetensors")
      try TorchRuntime.seed(3)
      let network = try NoteNetwork(NoteFixtures.options)
      try NoteModelFile.write(network, notes: [:], as: .float32, to: url)
      let shipped = NotePredictor(model: try NoteModel(contentsOf: url), longTerm: nil, memoryShare: 0)
      let stepped = try LearnerPrediction(LSTMLearner(network))
      let scale = ScaleCondition(NoteFixtures.dDorian)
      shipped.beginPiece()
      stepped.beginPiece()
      var worst: Float = 0
      for (index, event) in NoteFixtures.sequence(2, notes: 24).events.enumerated() {
        let interval = NoteVocabulary.intervalClass(ticks: event.interval)
        let duration = NoteVocabulary.durationClass(ticks: event.duration)
        worst = max(worst, largestDifference(shipped.intervals(), stepped.intervals()))
        worst = max(
          worst, largestDifference(shipped.pitches(interval: interval), stepped.pitches(interval: interval)))
        worst = max(
          worst,
          largestDifference(
            shipped.durations(interval: interval, pitch: event.pitch),
            stepped.durations(interval: interval, pitch: event.pitch)))
        worst = max(
          worst,
          largestDifference(
            shipped.velocities(interval: interval, pitch: event.pitch, duration: duration),
            stepped.velocities(interval: interval, pitch: event.pitch, duration: duration)))
        if index == 10 {
          shipped.mark()
          stepped.mark()
        }
        if index == 14 {
          shipped.rewind()
          stepped.rewind()
        } else {
          shipped.play(event, scale: scale)
          stepped.play(event, scale: scale)
        }
      }
      #expect(worst < 1e-5)
      #expect(stepped.failure == nil)
    }

    @Test func aPieceComesFromAnyNetworkThatRunsLive() throws {
      try TorchRuntime.seed(4)
      let learner = try LSTMLearner(NoteNetwork(NoteFixtures.options))
      let generator = PieceGenerator(settings: AnswerSettings(), seed: 1) { try LearnerPrediction(learner) }
      let pieces = (try generator.piece(bars: 2), try generator.piece(bars: 2))
      #expect(pieces.0 == pieces.1)
      #expect(!pieces.0.isEmpty)
    }
  }
}
