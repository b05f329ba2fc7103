// The network whose training speed is measured.
import Torch

/// Embedding, two LSTM layers with dropout between them, and a linear layer.
struct ThroughputNetwork: Module {
  private let table: Tensor
  private let layers: [LSTMLayer]
  private let weight, bias: Tensor
  private let dropout: Double

  init(vocabulary: Int, embedding: Int, hidden: Int, dropout: Double) throws(TorchError) {
    table = try Tensor.normal([vocabulary, embedding]).requiringGradient()
    layers = [
      try LSTMLayer(inputs: embedding, hidden: hidden), try LSTMLayer(inputs: hidden, hidden: hidden),
    ]
    let bound = 1 / Double(hidden).squareRoot()
    weight = try Tensor.uniform([vocabulary, hidden], in: -bound..<bound).requiringGradient()
    bias = try Tensor.zeros([vocabulary]).requiringGradient()
    self.dropout = dropout
  }

  var parameters: [(name: String, tensor: Tensor)] {
    [("embedding", table)] + layers[0].parameters(under: "lstm.0") + layers[1].parameters(under: "lstm.1")
      + [("weight", weight), ("bias", bias)]
  }

  /// Logits [steps · rows, vocabulary] after the tokens, of which row r of step t is at t · rows + r.
  func logits(_ tokens: Tensor, rows: Int) throws(TorchError) -> Tensor {
    let steps = tokens.count / rows
    var y = try table.embedding(tokens).reshape([steps, rows, -1])
    let keep = try Tensor([Float](repeating: 1, count: steps * rows), shape: [steps, rows])
    for (index, layer) in layers.enumerated() {
      if index > 0 { y = try y.dropout(dropout, training: true) }
      var state = try layer.start(batch: rows)
      y = try layer(y, state: &state, keep: keep)
    }
    return try y.reshape([steps * rows, -1]).linear(weight: weight.permute([1, 0]), bias: bias)
  }
}
