// The three networks of the seeds: they learn, look only back, and their probabilities sum to 1.
import Foundation
import Improviser
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct SeedModels {
    private static let kinds: [NoteModelKind] = [.seedLSTM, .regression, .musicNetLSTM]
    private let sequences = (0..<4).map { NoteFixtures.sequence($0, notes: 40) }

    private func make(_ kind: NoteModelKind, conditions: [String] = []) throws -> any NoteLearner {
      var options = NoteModelOptions(kind)
      options.hidden = kind == .seedLSTM ? [24, 20, 16] : [24, 20]
      options.dropout = 0
      options.conditions = conditions
      if kind == .seedLSTM { options.tokens = try ChordVocabulary.tokens(of: NoteSource(sequences), limit: 30) }
      try TorchRuntime.seed(3)
      switch kind {
      case .seedLSTM: return try SeedLSTM(options)
      case .regression: return try PitchRegression(options)
      default: return try MusicNetLSTM(options)
      }
    }

    private func batch(_ learner: any NoteLearner, _ all: [NoteClasses], steps: Range<Int>) -> NoteBatch {
      var batch = NoteBatch(steps: steps.count, rows: all.count, startToken: learner.startToken)
      for (row, classes) in all.enumerated() {
        for (step, index) in steps.enumerated() where index < classes.count {
          batch.set(step: step, row: row, classes, index: index)
        }
      }
      return batch
    }

    private func bits(_ learner: any NoteLearner, _ all: [NoteClasses]) throws -> Double {
      let batch = batch(learner, all, steps: 0..<30)
      var state = try learner.start(rows: all.count)
      let losses = try withoutGradients { try learner.losses(batch, state: &state, training: false) }
      let nats = try losses.nats.reduce(batch.extraNats) { try $0 + $1.nats.item() }
      return nats / Double(losses.notes) / log(2)
    }

    @Test(arguments: kinds) func learnsAPattern(_ kind: NoteModelKind) throws {
      let learner = try make(kind)
      let classes = try sequences.map { try learner.classes(of: $0) }
      let before = try bits(learner, classes)
      let optimizer = try AdamW(learner.parameters.map(\.tensor), rate: 1e-2, weightDecay: 0)
      let batch = batch(learner, classes, steps: 0..<30)
      for _ in 0..<150 {
        var state = try learner.start(rows: classes.count)
        let losses = try learner.losses(batch, state: &state, training: true)
        let first = try #require(losses.nats.first)
        let sum = try losses.nats.dropFirst().reduce(first.nats) { try $0 + $1.nats }
        try learner.zeroGradients()
        try (sum / Double(losses.notes)).backward()
        try learner.clipGradients(to: 1)
        try optimizer.step()
      }
      let after = try bits(learner, classes)
      // One hill cannot say what comes as well as a list can, but it narrows.
      #expect(after < (kind == .regression ? 0.75 : 0.6) * before, "\(before) to \(after)")
    }

    @Test(arguments: kinds) func looksOnlyBackAndCarriesItsState(_ kind: NoteModelKind) throws {
      let learner = try make(kind)
      #expect(learner.isCausal && !learner.hasEnds)
      var changed = sequences[0]
      for index in 21..<changed.events.count { changed.events[index].pitch += 12 }
      let originals = try learner.classes(of: sequences[0])
      let others = try learner.classes(of: changed)
      let same = zip(originals[.pitch], others[.pitch]).prefix { $0 == $1 }.count
      let wholeBatch = batch(learner, [originals], steps: 0..<same)
      let otherBatch = batch(learner, [others], steps: 0..<same)
      // The state behind ten notes goes on where the whole window does.
      let heads = batch(learner, [originals], steps: 0..<10), tail = batch(learner, [originals], steps: 10..<same)
      try withoutGradients {
        var (whole, other, carried) = try (learner.start(rows: 1), learner.start(rows: 1), learner.start(rows: 1))
        let expected = try learner.logits(wholeBatch, state: &whole, training: false)
        let unchanged = try learner.logits(otherBatch, state: &other, training: false)
        _ = try learner.logits(heads, state: &carried, training: false)
        let continued = try learner.logits(tail, state: &carried, training: false)
        #expect(whole.count == 2 * learner.options.hidden.count)
        for (index, (attribute, logits)) in expected.enumerated() {
          let (all, width) = (try logits.floats(), logits.shape[1])
          #expect((try unchanged[index].logits.floats() == all) as Bool, "\(attribute)")
          let rest = try continued[index].logits.floats()
          let largest = zip(all.dropFirst(10 * width), rest).filter { $0.0.isFinite }.map { abs($0 - $1) }.max()
          #expect(try #require(largest) < 1e-5, "\(attribute)")
        }
      }
    }

    @Test(arguments: kinds) func probabilitiesSumToOne(_ kind: NoteModelKind) throws {
      let learner = try make(kind)
      let classes = try learner.classes(of: sequences[1])
      let batch = batch(learner, [classes], steps: 0..<20)
      var state = try learner.start(rows: 1)
      let all = try withoutGradients { try learner.logits(batch, state: &state, training: false) }
      #expect(Set(all.map(\.attribute)) == learner.outputs)
      for (attribute, logits) in all {
        let count = kind == .seedLSTM ? learner.options.tokens.count + 1 : attribute.classCount
        #expect(logits.shape == [20, count], "\(attribute)")
        let isNormalized = kind == .regression || (kind == .musicNetLSTM && attribute != .pitch)
        let sums = try (isNormalized ? logits : logits.logSoftmax(over: 1)).logSumExp(over: [1]).floats()
        #expect(sums.allSatisfy { abs($0) < 1e-4 }, "\(attribute)")
        if attribute == .duration { #expect(try logits.floats()[0] == -.infinity, "a duration of nothing") }
        if attribute == .interval { #expect(try logits.floats()[40] == -.infinity, "the end") }
      }
    }

    @Test(arguments: kinds) func hearsWhatItIsTold(_ kind: NoteModelKind) throws {
      let learner = try make(kind, conditions: ["Bach", "Chopin"])
      #expect(learner.hearsCondition)
      let logits = try [Int64(0), 1, 2].map { condition in
        var classes = try learner.classes(of: sequences[0])
        classes.condition = condition
        var state = try learner.start(rows: 1)
        let batch = batch(learner, [classes], steps: 0..<4)
        return try withoutGradients { try learner.logits(batch, state: &state, training: false)[0].logits.floats() }
      }
      #expect((logits[0] != logits[1] && logits[1] != logits[2]) as Bool)
    }

    @Test func musicNetHasTheSizeOfTheProject() throws {
      // 957,058 with a second bias of 4 · 256 in both layers, and without the two learnt widths.
      let network = try MusicNetLSTM(NoteModelOptions(.musicNetLSTM))
      #expect(network.parameterCount - 2 + 2 * 4 * 256 == 957_058)
    }

    @Test func refusesAnEmptyVocabularyAndAWrongShape() throws {
      #expect(throws: TrainingError.self) { try SeedLSTM(NoteModelOptions(.seedLSTM)) }
      var options = NoteModelOptions(.regression)
      options.hidden = []
      #expect(throws: TrainingError.self) { try PitchRegression(options) }
    }
  }
}
