// A small network that predicts the next pitch of a melody.

import Torch

/// One LSTM layer over the sum of the embeddings of the features. Its scores are a sum too: of the pitch itself, and of
/// the leap from the pitch before, so that what is learnt in one key holds in all.
struct MelodyNetwork: Module {
  let features: [MelodyFeature]
  let options: MelodyOptions
  private let tables: [Tensor]
  private let layer: LSTMLayer
  private let weight, bias: Tensor

  /// The widest leap that has a score of its own.
  static let widestLeap = 24
  private static let leaps = 2 * widestLeap + 1
  private static let pitches = 128

  /// A network with random weights from libtorch's generator.
  init(features: [MelodyFeature], options: MelodyOptions) throws(TorchError) {
    self.features = features
    self.options = options
    var tables: [Tensor] = []
    for feature in features {
      tables.append(
        try Tensor.normal([feature.classCount, options.embedding], deviation: 0.2).requiringGradient())
    }
    self.tables = tables
    layer = try LSTMLayer(inputs: options.embedding, hidden: options.hidden)
    let scores = Self.pitches + Self.leaps
    weight = try Tensor.normal([options.hidden, scores], deviation: 0.05).requiringGradient()
    bias = try Tensor.zeros([scores]).requiringGradient()
  }

  var parameters: [(name: String, tensor: Tensor)] {
    zip(features, tables).map { ("embedding.\($0)", $1) } + layer.parameters(under: "lstm")
      + [("weight", weight), ("bias", bias)]
  }

  /// The log-probabilities [steps · rows, 128] of the pitches.
  func logProbabilities(_ batch: MelodyBatch, training: Bool) throws(TorchError) -> Tensor {
    var x = try tables[0].embedding(Tensor(batch.inputs[0]))
    for (table, classes) in zip(tables, batch.inputs).dropFirst() { x = try x + table.embedding(Tensor(classes)) }
    x = try x.dropout(options.inputDropout, training: training).reshape([batch.steps, batch.rows, options.embedding])
    var state = try layer.start(batch: batch.rows)
    let keep = try Tensor.zeros([batch.steps, batch.rows]) + 1
    let y = try layer(x, state: &state, keep: keep)
      .reshape([batch.steps * batch.rows, options.hidden])
      .dropout(options.outputDropout, training: training)
    let scores = try y.linear(weight: weight, bias: bias)
    let own = try scores.slice(1, 0..<Self.pitches)
    let leaps = try scores.slice(1, Self.pitches..<Self.pitches + Self.leaps)
    let places = try Tensor(batch.leapPlaces, shape: [batch.steps * batch.rows, Self.pitches])
    return try (own + leaps.gather(1, places)).logSoftmax(over: 1)
  }
}

/// How a melody network is built and trained.
struct MelodyOptions: Hashable, Sendable {
  var embedding = 64
  var hidden = 128
  var inputDropout = 0.2
  var outputDropout = 0.4
  /// Melodies of a step.
  var batch = 16
  var epochs = 40
  /// Passes between two looks at the validation melodies, and looks without improvement before the training ends.
  var lookEvery = 3
  var patience = 4
  var rate = 3e-3
  var weightDecay = 0.02
  /// Training melodies sound at a random transposition of at most so many semitones.
  var transposition = 5
  /// Networks whose mean predicts.
  var networks = 2
  /// Threads of libtorch.
  var threads = 1
}
