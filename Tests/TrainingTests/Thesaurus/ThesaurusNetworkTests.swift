// The network computes what its definition says, and what ships computes the same.
import Foundation
import Improviser
import Music
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct ThesaurusNetworks {
    private let patterns = stride(from: 0, to: 31_954, by: 1999).map { PatternList.all.patterns[$0] }

    @Test(arguments: [(12, 40), (16, 256)]) func inferenceAgrees(latent: Int, hidden: Int) throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "thesaurus-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let url = folder.appending(path: "thesaurus.safetensors")
      try TorchRuntime.seed(5)
      let network = try ThesaurusNetwork(latent: latent, hidden: hidden)
      try ThesaurusModelFile.write(network, notes: ["seed": "5"], to: url)
      let model = try ThesaurusModel(contentsOf: url)
      #expect(model.latent == latent && model.hidden == hidden && model.metadata["seed"] == "5")

      let (mean, logVariance) = try network.encode(PatternBatch.tensor(patterns))
      let logits = try network.decode(mean)
      let decoded = try PatternBatch.mostProbable(logits)
      let (means, variances, numbers) = try (mean.floats(), logVariance.floats(), logits.floats())
      let decoder = PatternDecoder(model: model)
      var worst: Float = 0
      for (row, pattern) in patterns.enumerated() {
        let encoded = model.encode(pattern)
        for index in 0..<latent {
          worst = max(worst, abs(encoded.mean[index] - means[row * latent + index]))
          worst = max(worst, abs(encoded.logVariance[index] - variances[row * latent + index]))
        }
        encoded.mean.withUnsafeBufferPointer { vector in
          decoder.logits(vector) { logits in
            for index in 0..<PatternLogits.count {
              worst = max(worst, abs(logits[index] - numbers[row * PatternLogits.count + index]))
            }
          }
        }
        #expect(decoder.decode(encoded.mean) == decoded[row])
      }
      #expect(worst <= 1e-4)
    }

    /// The same network in plain loops, in double precision.
    @Test func forwardAgreesWithPlainLoops() throws {
      try TorchRuntime.seed(8)
      let network = try ThesaurusNetwork(latent: 12, hidden: 24)
      var weights: [String: [Double]] = [:]
      for (name, tensor) in network.parameters { weights[name] = try tensor.values(as: Double.self) }
      func dense(_ name: String, _ input: [Double]) throws -> [Double] {
        let weight = try #require(weights[name + ".weight"])
        let bias = try #require(weights[name + ".bias"])
        return bias.indices.map { row in
          input.indices.reduce(bias[row]) { $0 + weight[row * input.count + $1] * input[$1] }
        }
      }
      let (mean, _) = try network.encode(PatternBatch.tensor(patterns))
      let logits = try network.decode(mean).values(as: Double.self)
      var worst = 0.0
      for (row, pattern) in patterns.enumerated() {
        let values = PatternLogits.values(of: pattern).map(Double.init)
        let first = try dense("encoder.0", values).map(tanh)
        let centre = try dense("mean", dense("encoder.1", first).map(tanh))
        let second = try dense("decoder.0", centre).map(tanh)
        let wanted = try dense("logits", dense("decoder.1", second).map(tanh))
        for (index, value) in wanted.enumerated() {
          worst = max(worst, abs(value - logits[row * PatternLogits.count + index]))
        }
      }
      #expect(worst <= 1e-5)
    }

    @Test func lossesAreTheirDefinitions() throws {
      let batch = Array(patterns.prefix(3))
      var random = SplitMix64(seed: 4)
      let logits = (0..<3 * PatternLogits.count).map { _ in Float(3 * random.nextGaussian()) }
      var wanted = 0.0
      for (row, pattern) in batch.enumerated() {
        let own = logits[row * PatternLogits.count..<(row + 1) * PatternLogits.count].map(Double.init)
        let choice = own.prefix(PatternLogits.progressions)
        wanted += log(choice.reduce(0) { $0 + exp($1) }) - choice[pattern.progression.index]
        for (place, logit) in own.dropFirst(PatternLogits.progressions).enumerated() {
          let probability = 1 / (1 + exp(-logit))
          wanted -= log(pattern.mask >> UInt32(place) & 1 == 1 ? probability : 1 - probability)
        }
      }
      let found = try ThesaurusLoss.reconstruction(
        Tensor(logits, shape: [3, PatternLogits.count]), of: PatternBatch.tensor(batch))
      #expect(abs(try found.item() - wanted / 3) <= 1e-4)

      // N(m, s²) from N(0, 1): (m² + s² - 1) / 2 - log s.
      let mean = try Tensor([Float(1), -2, 0, 0.5], shape: [2, 2])
      let logVariance = try Tensor([Float(0), log(4), log(0.25), 0], shape: [2, 2])
      let terms = [0.5, (4 + 4 - 1) / 2 - log(2), (0.25 - 1) / 2 - log(0.5), 0.125]
      let divergence = try ThesaurusLoss.divergence(mean: mean, logVariance: logVariance).item()
      #expect(abs(divergence - terms.reduce(0, +) / 2) <= 1e-6)
    }

    /// Logits so large that their exponentials overflow still have a finite loss.
    @Test func lossIsFiniteFarOut() throws {
      let far = [Float](repeating: 400, count: PatternLogits.count).enumerated().map { $0 % 2 == 0 ? $1 : -$1 }
      let logits = try Tensor(far, shape: [1, PatternLogits.count]).requiringGradient()
      let loss = try ThesaurusLoss.reconstruction(logits, of: PatternBatch.tensor([patterns[7]]))
      try loss.backward()
      #expect(try loss.item().isFinite)
      #expect(try logits.gradient().floats().allSatisfy(\.isFinite))
    }
  }
}
