// The network that is trained against the inference that ships, and its symmetry.
import Foundation
import Music
import ScaleDetector
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct Parity {
    private func probabilities(_ network: ChromaLiteNetwork, _ cut: ChromaCut, _ samples: ChromaSamples) throws
      -> [Float]
    {
      let batch = try BatchAssembler(shape: network.shape).batch([cut], of: samples)
      return try withoutGradients { try network.logits(batch, training: false).logSoftmax(over: 1).floats() }
    }

    @Test(arguments: [1, 3], [true, false]) func logProbabilitiesAgreeWithTheShippedInference(bands: Int, hasNone: Bool)
      throws
    {
      try TorchRuntime.seed(3)
      let shape = ChromaLiteShapeOptions(
        bands: bands, hidden: 12, mixing: 16, families: [.major, .dorian], hasNone: hasNone)
      let network = try ChromaLiteNetwork(shape)
      let url = FileManager.default.temporaryDirectory.appending(path: "parity-\(UUID().uuidString).safetensors")
      defer { try? FileManager.default.removeItem(at: url) }
      try ChromaLiteFile.write(network, temperature: 1, notes: [:], as: .float32, to: url)
      let shipped = try ChromaLite(contentsOf: url)
      #expect(shipped.parameterCount == network.parameterCount)
      let samples = SyntheticSamples.make(8, families: [.major, .dorian])
      for sample in 0..<8 {
        for steps in [1, 4, 12, 25, samples.labels[sample].steps] where steps <= samples.labels[sample].steps {
          let expected = try probabilities(network, ChromaCut(whole: sample, steps: steps), samples)
          let answer = shipped.classify(history: samples.history(sample, steps: steps))
          for (value, wanted) in zip(answer.probabilities, expected) { #expect(abs(log(value) - wanted) < 1e-4) }
        }
      }
    }

    @Test func rotatingTheInputRotatesTheTonics() throws {
      try TorchRuntime.seed(4)
      let network = try ChromaLiteNetwork(.init(hidden: 8, mixing: 8, families: [.major, .blues]))
      let samples = SyntheticSamples.make(1, families: [.major])
      let steps = samples.labels[0].steps
      let history = samples.history(0, steps: steps)
      let rotated = history.indices.map { Float16(history[$0 / 12 * 12 + ($0 % 12 + 5) % 12]) }  // down five semitones
      var other = ChromaSamples()
      other.append(rotated, samples.labels[0])
      let cut = ChromaCut(whole: 0, steps: steps)
      let straight = try probabilities(network, cut, samples)
      let turned = try probabilities(network, cut, other)
      for family in 0..<2 {
        for tonic in 0..<12 {
          #expect(abs(turned[family * 12 + tonic] - straight[family * 12 + (tonic + 5) % 12]) < 1e-5)
        }
      }
      #expect(abs(turned[24] - straight[24]) < 1e-5)
    }

    @Test func aBatchGivesWhatItsExamplesGiveAlone() throws {
      try TorchRuntime.seed(5)
      let network = try ChromaLiteNetwork(.init(hidden: 8, mixing: 8))
      let samples = SyntheticSamples.make(5, families: [.major])
      let cuts = (0..<5).map { ChromaCut(whole: $0, steps: samples.labels[$0].steps) }
      let batch = try BatchAssembler(shape: network.shape).batch(cuts, of: samples)
      let together = try withoutGradients { try network.logits(batch, training: false).logSoftmax(over: 1).floats() }
      let alone = try cuts.flatMap { try probabilities(network, $0, samples) }
      #expect(zip(together, alone).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }
}
