// Random inputs of a network with the outputs of this program, to compare other programs with.
import Foundation
import Improviser
import Music
import Neural
import Torch

/// Examples as a safetensors file: "N.inputs.NAME" and "N.outputs.NAME" for the examples N = 0, 1, ….
///
/// The first example of a network of notes begins its sequences and the second continues them with the state that the
/// first left, so that the state is compared too.
enum ExportExamples {
  /// Steps of the examples of a network of notes: together more than any of them remembers.
  private static let steps = [17, 150]
  private static let rows = 5

  /// An example.
  struct Example {
    let inputs: [ExampleTensor]
    let outputs: [ExampleTensor]
  }

  /// Writes the examples of a model; the same seed gives the same.
  static func write(_ contents: ModelContents, graph: NetworkGraph, seed: UInt64, to url: URL) throws {
    let examples: [Example]
    switch contents {
    case .chromaLite(let network, let temperature):
      examples = try chroma(network, temperature: temperature, seed: seed)
    case .thesaurus(let network):
      examples = try patterns(network, seed: seed)
    case .notes(let learner):
      examples = try notes(learner, graph: graph, seed: seed)
    }
    var writer = SafetensorsWriter(metadata: ["about": "inputs, and the outputs of antiphon-train", "seed": "\(seed)"])
    for (number, example) in examples.enumerated() {
      for (part, tensors) in [("inputs", example.inputs), ("outputs", example.outputs)] {
        for tensor in tensors {
          let name = "\(number).\(part).\(tensor.name)"
          if tensor.integers.isEmpty {
            try writer.add(name, shape: tensor.shape, tensor.floats)
          } else {
            try writer.add(name, shape: tensor.shape, tensor.integers)
          }
        }
      }
    }
    try writer.write(to: url)
  }

  /// Histories of several lengths, one of them shorter than every part that the statistics look at.
  private static func chroma(_ network: ChromaLiteNetwork, temperature: Float, seed: UInt64) throws -> [Example] {
    var random = SeededGenerator(seed: seed)
    let shape = network.shape
    let width = shape.bands * 12
    return try [161, 3].map { steps in
      var samples = ChromaSamples()
      for _ in 0..<rows {
        let history = (0..<steps * ChromaSamples.stepWidth).map { _ in
          Float16(Float.random(in: 0...1, using: &random))
        }
        samples.append(
          history,
          .init(steps: steps, tonic: nil, families: 0, kind: .negative, isHard: false, split: .test))
      }
      let cuts = (0..<rows).map { ChromaCut(whole: $0, steps: steps) }
      let batch = try BatchAssembler(shape: shape).batch(cuts, of: samples)
      let logits = try withoutGradients { try network.logits(batch, training: false) }
      let cooled = try withoutGradients { try (logits * (1 / Double(temperature))).logSoftmax(over: 1).exp() }
      var chroma = [Float](repeating: 0, count: steps * rows * width)
      for row in 0..<rows {
        let history = features(samples.history(row, steps: steps), bands: shape.bands)
        for step in 0..<steps {
          for i in 0..<width { chroma[(step * rows + row) * width + i] = history[step * width + i] }
        }
      }
      return Example(
        inputs: [ExampleTensor(name: "chroma", shape: [steps, rows, width], floats: chroma)],
        outputs: [
          ExampleTensor(name: "logits", shape: [rows, shape.classCount], floats: try logits.floats()),
          ExampleTensor(name: "probabilities", shape: [rows, shape.classCount], floats: try cooled.floats()),
        ])
    }
  }

  /// Steps of three bands as a network of one band or of three hears them.
  private static func features(_ history: [Float], bands: Int) -> [Float] {
    guard bands == 1 else { return history }
    return (0..<history.count / 3).map { index in
      // A feature is log(1 + s / 4) of a band's salience s, so that of all bands is log(1 + Σ s / 4).
      let first = index / 12 * ChromaSamples.stepWidth + index % 12
      let sum = [0, 12, 24].reduce(Float(0)) { $0 + exp(history[first + $1]) - 1 }
      return log(1 + max(0, sum))
    }
  }

  /// Patterns drawn from the list, and latent vectors of the prior, not as many.
  private static func patterns(_ network: ThesaurusNetwork, seed: UInt64) throws -> [Example] {
    var random = SeededGenerator(seed: seed)
    var prior = LatentPrior(seed: seed)
    return try [rows, 1].map { count in
      let drawn = (0..<count).compactMap { _ in PatternList.all.patterns.randomElement(using: &random) }
      let vectors = (0..<count + 2).map { _ in prior.vector(network.latent) }
      return try withoutGradients {
        let batch = try PatternBatch.tensor(drawn)
        let latent = try Tensor(vectors.flatMap { $0 }, shape: [vectors.count, network.latent])
        let (mean, logVariance) = try network.encode(batch)
        let outputs = [("mean", mean), ("log_variance", logVariance), ("logits", try network.decode(latent))]
        return Example(
          inputs: try values([batch, latent], ["pattern", "latent"]),
          outputs: try values(outputs.map(\.1), outputs.map(\.0)))
      }
    }
  }

  /// Two windows over random notes: one after the other, or of other sequences where nothing is carried on.
  private static func notes(_ learner: any NoteLearner, graph: NetworkGraph, seed: UInt64) throws -> [Example] {
    var random = SeededGenerator(seed: seed)
    let goesOn = !graph.states.isEmpty
    var sequences: [NoteClasses] = []
    return try withoutGradients {
      var state = try learner.start(rows: rows)
      return try Self.steps.enumerated().map { number, steps in
        if number == 0 || !goesOn {
          sequences = try (0..<rows).map { try classes($0, of: learner, &random) }
        }
        let first = goesOn ? Self.steps.prefix(number).reduce(0, +) : 0
        var batch = NoteBatch(steps: steps, rows: rows, startToken: learner.startToken)
        for (row, classes) in sequences.enumerated() {
          for step in 0..<steps where first + step < classes.count {
            batch.set(step: step, row: row, classes, index: first + step)
          }
        }
        var inputs = NoteGraphs.inputs(graph, batch, of: learner)
        inputs += try values(state, graph.states.map(\.input))
        let logits = try learner.logits(batch, state: &state, training: false)
        var outputs = try logits.map { attribute, logits in
          let shape = [steps, rows, logits.shape.last ?? 0]
          let name = NoteGraphs.output(attribute, of: learner.options.kind)
          return ExampleTensor(name: name, shape: shape, floats: try logits.floats())
        }
        outputs += try values(state, graph.states.map(\.output))
        return Example(inputs: inputs, outputs: outputs)
      }
    }
  }

  private static func classes(
    _ row: Int, of learner: any NoteLearner, _ random: inout SeededGenerator
  ) throws -> NoteClasses {
    var classes = try learner.classes(of: sequence(row, notes: 4 * steps.reduce(0, +), &random))
    let conditions = learner.options.conditions.count
    if conditions > 0 { classes.condition = Int64.random(in: 0...Int64(conditions), using: &random) }
    return classes
  }

  private static func values(_ state: [Tensor], _ names: [String]) throws -> [ExampleTensor] {
    try zip(state, names).map { tensor, name in
      ExampleTensor(name: name, shape: tensor.shape, floats: try tensor.floats())
    }
  }

  /// Random notes with chords, and a scale in two of three sequences.
  private static func sequence(_ row: Int, notes: Int, _ random: inout SeededGenerator) throws -> NoteSequence {
    var events: [NoteEvent] = []
    for index in 0..<notes {
      let before = events.last?.pitch ?? 127
      let isChord = index > 0 && before < 120 && Int.random(in: 0..<3, using: &random) == 0
      let pitch = isChord ? before + Int.random(in: 1...7, using: &random) : Int.random(in: 36...96, using: &random)
      events.append(
        NoteEvent(
          interval: index == 0 || isChord ? 0 : Int.random(in: 1...96, using: &random), pitch: pitch,
          duration: Int.random(in: 1...96, using: &random), velocity: Int.random(in: 1...127, using: &random)))
    }
    let scale = row % 3 == 2 ? nil : Scale(tonic: PitchClass(wrapping: 2 + 5 * row), family: .dorian)
    return NoteSequence(events: events, scale: scale, group: "random", source: "random", name: "example \(row + 1)")
  }
}
