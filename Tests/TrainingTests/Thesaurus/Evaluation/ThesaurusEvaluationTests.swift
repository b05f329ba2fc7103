// Tests of the systems that are compared, and of a whole evaluation of a model that knows nothing.
import Foundation
import Improviser
import Music
import Neural
import Testing

@testable import Training

extension TorchRandomTests {
  @Suite("Evaluation of the Thesaurus")
  struct ThesaurusEvaluations {
    private let split = PatternSplit(of: Array(PatternList.all.patterns.prefix(1500)))

    /// A model file of random weights, 4 latent numbers and 16 hidden units.
    private func modelFile() throws -> URL {
      var random = SplitMix64(seed: 7)
      var writer = SafetensorsWriter(metadata: [
        "architecture": ThesaurusModel.architecture, "version": ThesaurusModel.version,
      ])
      for (name, inputs, outputs) in [
        ("encoder.0", 36, 16), ("encoder.1", 16, 16), ("mean", 16, 4), ("log_variance", 16, 4), ("decoder.0", 4, 16),
        ("decoder.1", 16, 16), ("logits", 16, 36),
      ] {
        try writer.add(name + ".weight", shape: [outputs, inputs], (0..<inputs * outputs).map { _ in
          Float(random.nextGaussian())
        })
        try writer.add(name + ".bias", shape: [outputs], [Float](repeating: 0.1, count: outputs))
      }
      let url = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString).safetensors")
      try writer.write(to: url)
      return url
    }

    @Test("the seed's network has the seed's size, learns, and gives a note in every row")
    func seed() throws {
      let patterns = Array(split.training.prefix(64))
      let early = try SeedRollSystem(training: patterns, epochs: 1, seed: 1) { _ in false }
      let later = try SeedRollSystem(training: patterns, epochs: 30, seed: 1) { _ in false }
      #expect(early.parameters == 1_205_555)
      #expect(later.loss < early.loss / 2)
      #expect(early.fitting == Share(64, of: 64))
      var random = SplitMix64(seed: 1)
      let samples = try later.samples(5, using: &random)
      #expect(samples.count == 5 && samples.allSatisfy { $0.line.count == 37 })
      let row = try later.row(from: patterns[0], to: patterns[9], path: .linear, count: 10, using: &random)
      #expect(row.count == 10)
      let divergence = try #require(try later.divergence(of: patterns))
      #expect(divergence > 0 && divergence.isFinite)
      #expect(try later.reconstructs(patterns).count == 64)
    }

    @Test("an interruption ends the training of the seed's network")
    func interruption() {
      #expect(throws: TrainingError.self) {
        try SeedRollSystem(training: split.training, epochs: 1, seed: 1) { _ in true }
      }
    }

    @Test("the nearest neighbour knows its patterns by heart and no others")
    func neighbours() throws {
      let known = try [[1], [1, 2], [3, 4]].map { try #require(ThesaurusPattern(.tritone, offsets: $0)) }
      let system = NeighbourSystem(training: known)
      let other = try #require(ThesaurusPattern(.tritone, offsets: [3, 4, 5]))
      #expect(system.reconstructs(known + [other]) == [true, true, true, false])
      #expect(system.nearest(to: PatternLogits.values(of: other)) == known[2])
      var random = SplitMix64(seed: 1)
      let row = system.row(from: known[0], to: known[2], path: .linear, count: 5, using: &random)
      #expect(row.first?.pattern == known[0] && row.last?.pattern == known[2])
      #expect(system.samples(9, using: &random).allSatisfy { $0.pattern.map(known.contains) == true })
    }

    @Test("random patterns stand between the ends that were given")
    func randomPatterns() throws {
      let (start, end) = (split.training[0], split.training[1])
      var random = SplitMix64(seed: 1)
      let row = RandomSystem().row(from: start, to: end, path: .linear, count: 10, using: &random)
      #expect(row.count == 10 && row[0].pattern == start && row[9].pattern == end)
      #expect(RandomSystem().reconstructs([start]) == [false])
    }

    @Test("a whole evaluation has a column for each system, the same at the same seed, as text and as JSON")
    func whole() throws {
      let file = try modelFile()
      defer { try? FileManager.default.removeItem(at: file) }
      var options = ThesaurusEvaluation.Options()
      (options.samples, options.pairs, options.baselineEpochs, options.timedSteps) = (60, 3, 1, 100)
      let evaluation = try ThesaurusEvaluation(contentsOf: file, split: split, options: options)
      #expect(
        evaluation.columns.map(\.name) == ["Antiphon", "seed's network", "random patterns", "nearest neighbour"])
      let model = evaluation.columns[0]
      #expect(model.parameters == modelParameters)
      #expect(model.samples.divided == Share(60, of: 60) && model.samples.allowed == Share(60, of: 60))
      #expect(model.samples.plain?.total == 60)
      #expect(model.cells["linear, evenly spaced"]?.largestStep ?? 9 <= 3)
      #expect(model.cells["linear"]?.smooth.total == 3 * 9)
      #expect(model.reconstruction.map(\.total) == evaluation.patterns)
      #expect(evaluation.columns[1].cells.isEmpty && evaluation.columns[1].lines["spherical"]?.smooth.total == 27)
      #expect(evaluation.columns[3].reconstruction[0].value == 1)
      #expect(evaluation.columns[3].samples.novel.count == 0)
      #expect(evaluation.decoding.median > 0 && evaluation.decoding.worst >= evaluation.decoding.median)

      let again = try ThesaurusEvaluation(contentsOf: file, split: split, options: options)
      #expect(again.columns[0].samples == model.samples && again.columns[1].samples == evaluation.columns[1].samples)

      let decoded = try JSONDecoder().decode(ThesaurusEvaluation.self, from: Data(try evaluation.json().utf8))
      #expect(decoded.columns[0].samples == model.samples)
      for word in ["by construction", "before the search", "Wilson", "KL, nats", "monotone rows", "median"] {
        #expect(evaluation.text.contains(word), "\(word) is missing")
      }
    }

    /// Of 36-16-16-4 and back.
    private var modelParameters: Int { 37 * 16 + 17 * 16 + 2 * 17 * 4 + 5 * 16 + 17 * 16 + 17 * 36 }

    @Test("baselines can be left out, and an interruption ends the evaluation")
    func alone() throws {
      let file = try modelFile()
      defer { try? FileManager.default.removeItem(at: file) }
      var options = ThesaurusEvaluation.Options()
      (options.samples, options.pairs, options.hasBaselines, options.timedSteps) = (10, 1, false, 10)
      let evaluation = try ThesaurusEvaluation(contentsOf: file, split: split, options: options)
      #expect(evaluation.columns.count == 1 && evaluation.seedTraining == nil)
      #expect(throws: TrainingError.self) {
        try ThesaurusEvaluation(contentsOf: file, split: split, options: options) { _ in true }
      }
    }

    @Test("a file that is no model is refused with its name")
    func noModel() {
      #expect(throws: ModelError.self) {
        try ThesaurusEvaluation(contentsOf: URL(fileURLWithPath: "/nowhere/thesaurus.safetensors"), split: split)
      }
    }
  }
}
