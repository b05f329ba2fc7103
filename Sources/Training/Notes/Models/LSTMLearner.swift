// The model that answers live, as the trainer sees it: LSTM layers that predict the four numbers of the next note.
import Improviser
import Torch

/// A complete `NoteNetwork`, which may be told a composer or genre as well.
struct LSTMLearner: NoteLearner {
  let options: NoteModelOptions
  let network: NoteNetwork

  /// Makes a network with random weights from libtorch's generator.
  ///
  /// - Throws: a sentence for layers of different sizes, which the live model cannot have.
  init(_ options: NoteModelOptions) throws {
    try NoteLearnerFactory.check(options)
    var shape = NoteNetworkOptions()
    (shape.embedding, shape.hidden, shape.layers) = (options.embedding, options.hidden[0], options.hidden.count)
    (shape.embeddingDropout, shape.layerDropout) = (options.dropout / 2, options.dropout)
    shape.topDropout = options.dropout
    shape.conditions = options.conditions.count
    self.options = options
    network = try NoteNetwork(shape)
  }

  /// Wraps a complete network, as the live model's file describes it.
  init(_ network: NoteNetwork) throws(TrainingError) {
    let shape = network.options
    guard shape.isComplete else {
      throw TrainingError("Only a network that hears and predicts all of a note is an lstm model.")
    }
    var options = NoteModelOptions(.lstm)
    options.embedding = shape.embedding
    options.hidden = [Int](repeating: shape.hidden, count: shape.layers)
    options.dropout = shape.layerDropout
    self.options = options
    self.network = network
  }

  var outputs: Set<NoteAttribute> { network.options.outputs }
  var parameters: [(name: String, tensor: Tensor)] { network.parameters }

  /// Hidden and cell state of each layer, the lowest first, [rows, units] each.
  func start(rows: Int) throws(TorchError) -> [Tensor] {
    try network.start(rows: rows).flatMap { [$0.hidden, $0.cell] }
  }

  func logits(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLogits {
    guard state.count == 2 * network.options.layers else {
      throw TorchError("lstm: \(state.count) state tensors do not fit \(network.options.layers) layers")
    }
    var layers = stride(from: 0, to: state.count, by: 2).map {
      LSTMLayer.State(hidden: state[$0], cell: state[$0 + 1])
    }
    let logits = try network.logits(batch, state: &layers, training: training)
    state = layers.flatMap { [$0.hidden, $0.cell] }
    return logits
  }

  /// The network of one condition, which the live model's file can hold: each step hears exactly one pitch, so the
  /// condition's row joins every row of the pitch's embedding.
  ///
  /// - Parameter name: one of `options.conditions`, or a part of its name; nil for the network that is told none.
  func bake(condition name: String?) throws -> NoteNetwork {
    let place = Int(try options.place(ofCondition: name))
    var values = try copies()
    if let table = values.removeValue(forKey: "embedding.condition"), let pitch = values["embedding.pitch"] {
      values["embedding.pitch"] = try withoutGradients { try pitch + table.slice(0, place..<place + 1) }
    }
    var shape = network.options
    shape.conditions = 0
    let baked = try NoteNetwork(shape)
    try baked.load(values)
    return baked
  }
}
