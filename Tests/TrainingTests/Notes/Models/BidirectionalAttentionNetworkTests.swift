// The network that fills in notes: what is hidden is hidden, both sides count, sequences do not hear each other.
import Foundation
import Improviser
import Testing
import Torch

@testable import Training

extension TorchRandomTests {
  @Suite struct BidirectionalAttention {
    private static func network(
      conditions: [String] = [], dropout: Double = 0
    ) throws -> BidirectionalAttentionNetwork {
      var options = NoteModelOptions(.bidirectionalAttention)
      (options.embedding, options.hidden, options.dropout) = (16, [24, 24], dropout)
      options.conditions = conditions
      try TorchRuntime.seed(3)
      return try BidirectionalAttentionNetwork(options)
    }

    /// Sequences end to end in each row, without their ends.
    private static func batch(_ rows: [[NoteClasses]], steps: Int) -> NoteBatch {
      var batch = NoteBatch(steps: steps, rows: rows.count)
      for (row, sequences) in rows.enumerated() {
        let places = sequences.flatMap { classes in (0..<classes.count).map { (classes: classes, index: $0) } }
        for (step, place) in places.prefix(steps).enumerated() {
          batch.set(step: step, row: row, place.classes, index: place.index)
        }
      }
      return batch
    }

    /// The logits of every note of one row, [attribute][step][classes].
    private static func logits(
      _ network: BidirectionalAttentionNetwork, _ batch: NoteBatch, row: Int = 0
    ) throws -> [[[Float]]] {
      try withoutGradients {
        var state: [Tensor] = []
        return try network.logits(batch, state: &state, training: false).map { attribute, logits in
          let values = try logits.floats()
          let width = attribute.classCount
          return (0..<batch.steps).map { step in
            let first = (step * batch.rows + row) * width
            return Array(values[first..<first + width])
          }
        }
      }
    }

    private static func difference(_ a: [Float], _ b: [Float]) -> Float {
      zip(a, b).map { $0 == $1 ? 0 : abs($0 - $1) }.max() ?? .infinity
    }

    private static func classes(_ events: [NoteEvent]) throws -> NoteClasses {
      try NoteClasses(events, scale: nil, name: "test")
    }

    @Test func hiddenNotesAreHidden() throws {
      let network = try Self.network()
      let events = NoteFixtures.sequence(1, notes: 24).events
      let place = try #require((8..<16).first { events[$0].interval > 0 && events[$0 + 1].interval > 0 })
      let before = try Self.logits(network, Self.batch([[Self.classes(events)]], steps: 24))
      let note = events[place]
      func changed(_ event: NoteEvent) throws -> [[[Float]]] {
        var other = events
        other[place] = event
        return try Self.logits(network, Self.batch([[Self.classes(other)]], steps: 24))
      }
      // Everything but the interval, which the other attributes are told: no attribute up to the changed ones moves.
      let after = try changed(NoteEvent(interval: note.interval, pitch: note.pitch + 5, duration: 96, velocity: 127))
      for attribute in [NoteAttribute.interval, .pitch] {
        #expect(Self.difference(before[attribute.rawValue][place], after[attribute.rawValue][place]) == 0)
      }
      // The duration is told the pitch; and both neighbours hear the change.
      #expect(Self.difference(before[2][place], after[2][place]) > 0)
      for neighbour in [place - 1, place + 1] {
        #expect(Self.difference(before[0][neighbour], after[0][neighbour]) > 1e-5)
      }
      let moved = try changed(
        NoteEvent(interval: note.interval + 60, pitch: note.pitch, duration: note.duration, velocity: note.velocity))
      #expect(Self.difference(before[0][place], moved[0][place]) == 0)
      #expect(Self.difference(before[1][place], moved[1][place]) > 0)
    }

    @Test func sequencesDoNotHearEachOther() throws {
      let network = try Self.network()
      let own = try NoteClasses(NoteFixtures.sequence(2, notes: 10))
      // The same steps, so that the same notes are hidden together.
      let left = try NoteClasses(NoteFixtures.sequence(3, notes: 5))
      let right = try NoteClasses(NoteFixtures.sequence(4, notes: 20))
      let alone = try Self.logits(network, Self.batch([[own]], steps: 10))
      let batch = Self.batch([[right], [left, own, right]], steps: 30)
      let among = try Self.logits(network, batch, row: 1)
      for (a, b) in zip(alone, among) {
        for step in 0..<10 { #expect(Self.difference(a[step], b[5 + step]) < 1e-5) }
      }
      let maps = try network.attention(of: batch)
      #expect(maps.values.count == 2 * 30 * 30)
      let map = Array(maps.map(layer: 0, row: 1, head: 0))
      for (query, sequence) in [(0, 0..<5), (4, 0..<5), (5, 5..<15), (14, 5..<15), (15, 15..<30), (29, 15..<30)] {
        let shares = map[query * 30..<query * 30 + 30]
        #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
        #expect(shares.enumerated().allSatisfy { ($0.element > 0) == sequence.contains($0.offset) })
      }
    }

    @Test func lossesCountWhatIsPredicted() throws {
      let network = try Self.network(conditions: ["a"], dropout: 0.2)
      var classes = try NoteClasses(NoteFixtures.sequence(5, notes: 200, scale: NoteFixtures.dDorian))
      classes.condition = 1
      // Row 1 runs dry.
      let batch = Self.batch([[classes], [try NoteClasses(NoteFixtures.sequence(6, notes: 50))]], steps: 100)
      var state = try network.start(rows: 2)
      #expect(state.isEmpty)
      let all = try network.losses(batch, state: &state, training: false)
      #expect(all.notes == 150)
      let random = try TorchRuntime.randomState()
      let some = try network.losses(batch, state: &state, training: true)
      #expect((10..<60).contains(some.notes))
      guard var loss = some.nats.first?.nats else { return }
      for other in some.nats.dropFirst() { loss = try loss + other.nats }
      try network.zeroGradients()
      try loss.backward()
      // What all keys have in common changes no weight.
      for (name, tensor) in network.parameters where name != "key.bias" {
        let largest = try tensor.gradient().abs().max().item()
        #expect(largest > 0, "\(name) has no gradient")
      }
      try TorchRuntime.setRandomState(random)
      let again = try network.losses(batch, state: &state, training: true)
      #expect(again.notes == some.notes)
      #expect(try again.nats.map { try $0.nats.item() } == some.nats.map { try $0.nats.item() })
    }

    /// Sequences of three notes, of which the middle one lies as high above 60 as both others together.
    @Test func bothSidesMatter() throws {
      let network = try Self.network()
      let optimizer = try AdamW(network.parameters.map(\.tensor), rate: 5e-3, weightDecay: 0)
      func row(_ number: Int) throws -> [NoteClasses] {
        var random = SplitMix64(seed: 1, index: UInt64(number))
        return try (0..<8).map { _ in
          let (a, b) = (random.integer(0...1), random.integer(0...1))
          let notes = zip([0, 24, 12], [60 + a, 60 + a + b, 60 + b])
          return try NoteClasses(
            notes.map { NoteEvent(interval: $0, pitch: $1, duration: 12, velocity: 64) }, scale: nil, name: "three")
        }
      }
      for step in 0..<100 {
        let rows = try (0..<32).map { try row(step * 32 + $0) }
        var state: [Tensor] = []
        let losses = try network.losses(Self.batch(rows, steps: 24), state: &state, training: true)
        guard let pitch = losses.nats.first(where: { $0.attribute == .pitch }) else { return }
        try network.zeroGradients()
        try (pitch.nats / Double(losses.notes)).backward()
        try optimizer.step()
      }
      let held = try (0..<8).map { try row(100_000 + $0) }
      let batch = Self.batch(held, steps: 24)
      var right = 0
      for (index, sequences) in held.enumerated() {
        let pitches = try Self.logits(network, batch, row: index)[NoteAttribute.pitch.rawValue]
        for (place, classes) in sequences.enumerated() {
          let best = pitches[3 * place + 1].enumerated().max { $0.element < $1.element }?.offset
          if best == Int(classes[.pitch][1]) { right += 1 }
        }
      }
      // One side alone would be right half of the time.
      #expect(right > 8 * 8 * 9 / 10)
    }

    @Test func shapesThatCannotWorkAreRefused() throws {
      var options = NoteModelOptions(.bidirectionalAttention)
      options.hidden = [16]
      #expect(throws: TrainingError.self) { try BidirectionalAttentionNetwork(options) }
      (options.hidden, options.embedding) = ([16, 16], 0)
      #expect(throws: TrainingError.self) { try BidirectionalAttentionNetwork(options) }
    }
  }
}
