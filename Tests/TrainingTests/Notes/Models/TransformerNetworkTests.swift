// The transformer: windows of any length are one sequence, nothing is heard from ahead or from beside, and it learns.
import Foundation
import Improviser
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct Transformer {
    private static func network(conditions: [String] = []) throws -> TransformerNetwork {
      var options = NoteModelOptions(.transformer)
      (options.embedding, options.hidden, options.heads) = (12, [16, 16], 2)
      options.conditions = conditions
      try TorchRuntime.seed(3)
      return try TransformerNetwork(options)
    }

    /// Sequences end to end in each row, each with its end, up to `steps`.
    private static func batch(_ rows: [[NoteClasses]], steps: Int) -> NoteBatch {
      var batch = NoteBatch(steps: steps, rows: rows.count)
      for (row, sequences) in rows.enumerated() {
        let places = sequences.flatMap { classes in (0...classes.count).map { (classes: classes, index: $0) } }
        for (step, place) in places.prefix(steps).enumerated() {
          batch.set(step: step, row: row, place.classes, index: place.index)
        }
      }
      return batch
    }

    private static func classes(_ number: Int, notes: Int) throws -> NoteClasses {
      try NoteClasses(NoteFixtures.sequence(number, notes: notes, scale: NoteFixtures.dDorian))
    }

    /// All logits, [attribute][step][row · classes], of the steps fed in windows of `window`.
    private static func logits(
      _ network: TransformerNetwork, _ rows: [[NoteClasses]], steps: Int, window: Int
    ) throws -> [[[Float]]] {
      try withoutGradients {
        var state = try network.start(rows: rows.count)
        let places = rows.map { row in row.flatMap { classes in (0...classes.count).map { (classes, $0) } } }
        var all = NoteAttribute.allCases.map { _ in [[Float]]() }
        for first in stride(from: 0, to: steps, by: window) {
          let length = min(window, steps - first)
          var batch = NoteBatch(steps: length, rows: rows.count)
          for (row, places) in places.enumerated() {
            for step in 0..<length where first + step < places.count {
              let (classes, index) = places[first + step]
              batch.set(step: step, row: row, classes, index: index)
            }
          }
          for (attribute, logits) in try network.logits(batch, state: &state, training: false) {
            let values = try logits.floats()
            let width = values.count / length
            all[attribute.rawValue] += (0..<length).map { Array(values[$0 * width..<($0 + 1) * width]) }
          }
        }
        return all
      }
    }

    /// The largest difference of two steps' logits; infinite where only one is possible.
    private static func difference(_ a: [Float], _ b: [Float]) -> Float {
      a.count != b.count ? .infinity : zip(a, b).map { $0 == $1 ? 0 : abs($0 - $1) }.max() ?? 0
    }

    /// Longer than the memory, so that the windows must forget alike.
    @Test(arguments: [1, 7, 64]) func windowsAreOneSequence(window: Int) throws {
      let network = try Self.network()
      let steps = TransformerNetwork.memory + 60
      let rows = [
        [try Self.classes(1, notes: 400)], [try Self.classes(2, notes: 30), try Self.classes(3, notes: 400)],
      ]
      let whole = try Self.logits(network, rows, steps: steps, window: steps)
      let parts = try Self.logits(network, rows, steps: steps, window: window)
      for (a, b) in zip(whole, parts) {
        #expect(a.count == steps && b.count == steps)
        let worst = zip(a, b).map { Self.difference($0, $1) }.max() ?? .infinity
        #expect(worst < 1e-4)
      }
    }

    @Test func laterNotesChangeNothing() throws {
      let network = try Self.network()
      let sequence = NoteFixtures.sequence(4, notes: 40)
      var changed = sequence
      let note = sequence.events[20]
      changed.events[20] = NoteEvent(
        interval: note.interval + 36, pitch: note.pitch + 3, duration: 48, velocity: 127)
      let before = try Self.logits(network, [[NoteClasses(sequence)]], steps: 40, window: 40)
      let after = try Self.logits(network, [[NoteClasses(changed)]], steps: 40, window: 40)
      for (a, b) in zip(before, after) {
        #expect((0..<20).allSatisfy { Self.difference(a[$0], b[$0]) == 0 })
        #expect(Self.difference(a[21], b[21]) > 1e-3)
      }
    }

    @Test func whatLiesBeforeAndBesideChangesNothing() throws {
      let network = try Self.network()
      let own = try Self.classes(5, notes: 20)
      let alone = try Self.logits(network, [[own]], steps: 21, window: 21)
      for window in [6, 45] {
        let rows = [[try Self.classes(6, notes: 23), own], [try Self.classes(7, notes: 60)]]
        let among = try Self.logits(network, rows, steps: 45, window: window)
        for (a, b) in zip(alone, among) {
          for step in 0..<21 { #expect(Self.difference(a[step], Array(b[24 + step].prefix(a[step].count))) < 1e-4) }
        }
      }
    }

    /// A distance matters: the same notes in another order give another prediction, and one that is further back is
    /// forgotten only beyond the memory.
    @Test func theMemoryReachesAsFarAsItSays() throws {
      var options = NoteModelOptions(.transformer)
      (options.embedding, options.hidden, options.heads) = (8, [8], 1)
      let network = try TransformerNetwork(options)
      let sequence = NoteFixtures.sequence(8, notes: 300)
      let far = TransformerNetwork.memory
      for (back, isHeard) in [(far, true), (far + 1, false)] {
        var changed = sequence
        let note = sequence.events[199 - back]
        changed.events[199 - back] = NoteEvent(
          interval: note.interval, pitch: note.pitch, duration: note.duration, velocity: 127)
        let before = try Self.logits(network, [[NoteClasses(sequence)]], steps: 201, window: 50)
        let after = try Self.logits(network, [[NoteClasses(changed)]], steps: 201, window: 50)
        #expect((Self.difference(before[0][200], after[0][200]) > 0) == isHeard)
      }
    }

    @Test func gradientsReachEveryParameterAndItLearns() throws {
      let network = try Self.network(conditions: ["a", "b"])
      var classes = try Self.classes(9, notes: 300)
      classes.condition = 2
      let batch = Self.batch([[classes], [try Self.classes(10, notes: 300)]], steps: 48)
      let optimizer = try AdamW(network.parameters.map(\.tensor), rate: 1e-2, weightDecay: 0)
      var first = 0.0
      var last = 0.0
      for step in 0..<40 {
        var state = try network.start(rows: 2)
        let losses = try network.losses(batch, state: &state, training: true)
        #expect(losses.notes == 96)
        guard var loss = losses.nats.first?.nats else { return }
        for other in losses.nats.dropFirst() { loss = try loss + other.nats }
        try network.zeroGradients()
        try (loss / 96).backward()
        last = try loss.item()
        if step == 0 {
          first = last
          // What all keys have in common changes no weight.
          for (name, tensor) in network.parameters where !name.hasSuffix("key.bias") {
            let largest = try tensor.gradient().abs().max().item()
            #expect(largest > 0, "\(name) has no gradient")
          }
        }
        try optimizer.step()
      }
      #expect(last < 0.6 * first)
    }

    @Test func conditionsAreHeardAndMapsShowWhereItLooks() throws {
      let network = try Self.network(conditions: ["a"])
      var classes = try Self.classes(11, notes: 20)
      let untold = try Self.logits(network, [[classes]], steps: 20, window: 20)
      classes.condition = 1
      let told = try Self.logits(network, [[classes]], steps: 20, window: 20)
      #expect(Self.difference(untold[0][5], told[0][5]) > 1e-4)
      let rows = [[try Self.classes(12, notes: 4), classes], [classes]]
      let maps = try network.attention(of: Self.batch(rows, steps: 10))
      #expect(maps.values.count == 2 * 2 * 2 * 10 * 10)
      let map = Array(maps.map(layer: 1, row: 0, head: 1))
      for query in 0..<10 {
        let shares = map[query * 10..<query * 10 + 10]
        #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
        let own = query < 5 ? 0...query : 5...query
        #expect(shares.enumerated().allSatisfy { $0.element == 0 || own.contains($0.offset) })
      }
    }

    @Test func shapesThatCannotWorkAreRefused() throws {
      var options = NoteModelOptions(.transformer)
      options.hidden = [16, 32]
      #expect(throws: TrainingError.self) { try TransformerNetwork(options) }
      (options.hidden, options.heads) = ([16, 16], 3)
      #expect(throws: TrainingError.self) { try TransformerNetwork(options) }
      (options.heads, options.embedding) = (2, 0)
      #expect(throws: TrainingError.self) { try TransformerNetwork(options) }
      let network = try Self.network()
      var state = try network.start(rows: 2)
      let batch = Self.batch([[try Self.classes(1, notes: 4)]], steps: 4)
      #expect(throws: TorchError.self) { try network.logits(batch, state: &state, training: false) }
    }
  }
}
