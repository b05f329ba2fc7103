// Tests of predicting chords on a grid.

import Foundation
import Testing

@testable import Training

extension TorchRandomTests {
  @Suite struct FrameEvaluationTests {
    /// Pieces that turn between two chords.
    private static func pieces(_ count: Int) -> [[FramePieces.Frame]] {
      (0..<count).map { number in (0..<10).map { ($0 + number) % 2 == 0 ? [60, 64, 67] : [59, 67] } }
    }

    private static func shape() -> FrameShape {
      var shape = FrameShape(highest: 69, pitches: 12, voices: 3)
      (shape.embedding, shape.hidden, shape.layers, shape.head) = (8, 12, 1, 16)
      return shape
    }

    @Test func aFrameIsADistributionWithItsEnd() throws {
      let network = try FrameNetwork(Self.shape())
      let batch = FrameBatch([([[67, 64, 60], []], 0)], shape: Self.shape())
      #expect(batch.targets == [2, 5, 9, 12, 12])
      #expect(batch.lowest == [0, 3, 6, 10, 0])
      #expect(batch.slots == [0, 1, 2, 3, 0])
      let logs = try network.logProbabilities(batch, training: false).floats()
      for cell in 0..<5 {
        let row = logs[cell * 13..<(cell + 1) * 13]
        #expect(abs(row.reduce(0) { $0 + exp($1) } - 1) < 1e-4)
        // Notes go downwards: what is not below the last is impossible.
        let lowest = Int(batch.lowest[cell])
        #expect(row.prefix(lowest).allSatisfy { $0 == -.infinity })
        #expect(row.dropFirst(lowest).allSatisfy { $0.isFinite })
      }
    }

    /// The probabilities of all chords of at most two notes of three pitches, and of the rest, make one.
    @Test func theLikelihoodsOfAllFramesMakeOne() throws {
      var shape = FrameShape(highest: 62, pitches: 3, voices: 3)
      (shape.embedding, shape.hidden, shape.layers, shape.head) = (4, 6, 1, 8)
      let network = try FrameNetwork(shape)
      let trainer = FrameTrainer(shape: shape, options: FrameEvaluation.Options())
      var sum = 0.0
      for mask in 0..<8 {
        let frame = [62, 61, 60].enumerated().filter { mask >> $0.offset & 1 == 1 }.map(\.element)
        sum += exp(-(try trainer.nats([[frame]], network)))
      }
      #expect(abs(sum - 1) < 1e-4)
    }

    @Test func aPatternIsLearnt() throws {
      let pieces = try FramePieces(
        training: Self.pieces(8), validation: Self.pieces(2), test: Self.pieces(2), name: "test")
      #expect(pieces.training[0][0] == [67, 64, 60])
      var options = FrameEvaluation.Options()
      (options.epochs, options.batch, options.transposition, options.rate) = (40, 4, 0...0, 2e-2)
      let evaluation = try FrameEvaluation(pieces, options: options) { shape in
        (shape.embedding, shape.hidden, shape.layers, shape.head) = (8, 12, 1, 16)
        (shape.inputDropout, shape.layerDropout, shape.headDropout) = (0, 0, 0)
      }
      #expect(evaluation.frames == 20)
      #expect(evaluation.test < 1.5)
      #expect(abs(evaluation.test - evaluation.testTransposed) < 1e-6)
      #expect(evaluation.text.contains("20 frames"))
      #expect(try evaluation.json().contains("\"parameters\""))
    }

    @Test(arguments: [
      ("{}", "no file of frames"), ("[1]", "no file of frames"),
      ("{\"train\":[[[60]]],\"valid\":[],\"test\":[[[60]]]}", "no piece for"),
      ("{\"train\":[[[60]]],\"valid\":[[[200]]],\"test\":[[[60]]]}", "outside 0...127"),
      ("{\"train\":[[[]]],\"valid\":[[[]]],\"test\":[[[]]]}", "none at all"),
    ])
    func otherFilesAreRefusedWithTheReason(text: String, reason: String) throws {
      let folder = try TemporaryFolder()
      try folder.write(text, to: "f.json")
      let file = folder.url.appending(path: "f.json")
      let error = #expect(throws: TrainingError.self) { try FramePieces(contentsOf: file) }
      #expect(error?.description.contains(reason) == true)
      #expect(throws: TrainingError.self) { try FramePieces(contentsOf: folder.url.appending(path: "none.json")) }
    }
  }
}
