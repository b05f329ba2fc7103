// LSTM layers on top of each other, with which the recurrent networks of the seeds begin.
import Torch

/// LSTM layers, each reading the outputs of the one below, with dropout after each. A composer or genre, where the
/// network is told one, is a learnt row beside what the first layer hears. For one thread.
struct LSTMStack: Module {
  /// Numbers that stand for a composer or genre.
  private static let conditionWidth = 16

  /// [conditions + 1, 16], the first for none told; nil for a network that is never told one.
  private let condition: Tensor?
  private let layers: [LSTMLayer]
  private let dropout: Double

  /// Layers of `options.hidden` units with random weights, which read so many numbers of each note.
  ///
  /// - Throws: a sentence for a shape that cannot work.
  init(inputs: Int, _ options: NoteModelOptions) throws {
    try options.validate()
    let (rows, width) = (options.conditions.count + 1, Self.conditionWidth)
    condition = rows > 1 ? try Tensor.normal([rows, width], deviation: 0.3).requiringGradient() : nil
    let widths = [inputs + (rows > 1 ? width : 0)] + options.hidden
    layers = try zip(widths, options.hidden).map { try LSTMLayer(inputs: $0, hidden: $1) }
    dropout = options.dropout
  }

  var parameters: [(name: String, tensor: Tensor)] {
    (condition.map { [("condition", $0)] } ?? [])
      + layers.enumerated().flatMap { index, layer in layer.parameters(under: "\(index)") }
  }

  /// The state before the first note: hidden and cell of each layer, [rows, units].
  func start(rows: Int) throws(TorchError) -> [Tensor] {
    var state: [Tensor] = []
    for layer in layers {
      let start = try layer.start(batch: rows)
      state += [start.hidden, start.cell]
    }
    return state
  }

  /// Runs over a window and moves `state` on.
  ///
  /// - Parameter heard: what is heard, [steps · rows, inputs] row-major.
  /// - Returns: the top layer's outputs, [steps · rows, units].
  func callAsFunction(
    _ heard: [Float], _ batch: NoteBatch, state: inout [Tensor], training: Bool
  ) throws(TorchError) -> Tensor {
    guard state.count == 2 * layers.count else {
      throw TorchError("lstm: \(state.count) state tensors do not fit \(layers.count) layers")
    }
    let cells = batch.steps * batch.rows
    var x = try Tensor(heard, shape: [cells, heard.count / max(1, cells)])
    if let condition { x = try Tensor.cat([x, condition.embedding(Tensor(batch.condition))], along: 1) }
    x = try x.reshape([batch.steps, batch.rows, -1])
    let keep = try Tensor(batch.keep, shape: [batch.steps, batch.rows])
    for (index, layer) in layers.enumerated() {
      var own = LSTMLayer.State(hidden: state[2 * index], cell: state[2 * index + 1])
      x = try layer(x, state: &own, keep: keep).dropout(dropout, training: training)
      (state[2 * index], state[2 * index + 1]) = (own.hidden, own.cell)
    }
    return try x.reshape([cells, -1])
  }
}
