// The network that is trained to predict notes: the shipped note model with gradients.
import Improviser
import Torch

/// Layers of LSTM over the sum of the embeddings of a note, and a head for each attribute of the next one.
///
/// The same function as `Improviser.NoteModel`, whose file `NoteModelFile` writes; a test compares the two.
struct NoteNetwork: Module {
  /// What the layers remember between two windows.
  typealias State = [LSTMLayer.State]

  let options: NoteNetworkOptions
  private let embeddings: [(attribute: NoteAttribute, table: Tensor)]
  private let scale: Tensor?
  private let condition: Tensor?
  private let layers: [LSTMLayer]
  private let heads: [NoteHead]

  /// Makes a network with random weights from libtorch's generator.
  init(_ options: NoteNetworkOptions) throws {
    try options.validate()
    self.options = options
    embeddings = try NoteAttribute.allCases.filter(options.inputs.contains).map { attribute in
      let table = try Tensor.normal([attribute.inputCount, options.embedding], deviation: 0.3).requiringGradient()
      return (attribute, table)
    }
    scale =
      options.scaleInput
      ? try Tensor.normal([ScaleCondition.count, options.embedding], deviation: 0.1).requiringGradient() : nil
    layers = try (0..<options.layers).map { layer in
      try LSTMLayer(inputs: layer == 0 ? options.embedding : options.hidden, hidden: options.hidden)
    }
    heads = try NoteAttribute.allCases.filter(options.outputs.contains).map { try NoteHead($0, options: options) }
    condition =
      options.conditions > 0
      ? try Tensor.normal([options.conditions + 1, options.embedding], deviation: 0.1).requiringGradient() : nil
  }

  var parameters: [(name: String, tensor: Tensor)] {
    var all = embeddings.map { (name: "embedding." + $0.attribute.name, tensor: $0.table) }
    if let scale { all.append(("embedding.scale", scale)) }
    if let condition { all.append(("embedding.condition", condition)) }
    for (index, layer) in layers.enumerated() { all += layer.parameters(under: "lstm.\(index)") }
    for head in heads { all += head.parameters(under: head.attribute.name) }
    return all
  }

  /// The state before the first note of `rows` sequences.
  func start(rows: Int) throws(TorchError) -> State {
    var state: State = []
    for layer in layers { state.append(try layer.start(batch: rows)) }
    return state
  }

  /// The logits [steps · rows, classes] of each predicted attribute; moves `state` on.
  func logits(
    _ batch: NoteBatch, state: inout State, training: Bool
  ) throws(TorchError) -> [(attribute: NoteAttribute, logits: Tensor)] {
    var x: Tensor?
    for (attribute, table) in embeddings {
      let row = try table.embedding(Tensor(batch.heard[attribute.rawValue]))
      x = try x.map { partial throws(TorchError) in try partial + row } ?? row
    }
    if let scale, let heard = x {
      let told = try Tensor(batch.scales, shape: [batch.steps * batch.rows, ScaleCondition.count])
      x = try heard + told.matmul(scale)
    }
    if let condition, let heard = x { x = try heard + condition.embedding(Tensor(batch.condition)) }
    guard var y = x else { throw TorchError("note network: it hears nothing") }
    y = try y.dropout(options.embeddingDropout, training: training).reshape([batch.steps, batch.rows, -1])
    let keep = try Tensor(batch.keep, shape: [batch.steps, batch.rows])
    for (index, layer) in layers.enumerated() {
      y = try layer(y, state: &state[index], keep: keep)
      let share = index == layers.count - 1 ? options.topDropout : options.layerDropout
      y = try y.dropout(share, training: training)
    }
    let top = try y.reshape([batch.steps * batch.rows, options.hidden])
    var all: [(attribute: NoteAttribute, logits: Tensor)] = []
    for head in heads { all.append((head.attribute, try head.logits(top, batch))) }
    return all
  }

  /// The surprise of all that is to be predicted, summed, in nats, by attribute; moves `state` on.
  func losses(
    _ batch: NoteBatch, state: inout State, training: Bool
  ) throws(TorchError) -> [(attribute: NoteAttribute, nats: Tensor)] {
    var losses: [(attribute: NoteAttribute, nats: Tensor)] = []
    for (attribute, logits) in try logits(batch, state: &state, training: training) {
      let targets = try Tensor(batch.targets[attribute.rawValue])
      losses.append((attribute, try logits.crossEntropy(targets: targets, ignoring: NoteBatch.nothing)))
    }
    return losses
  }
}
