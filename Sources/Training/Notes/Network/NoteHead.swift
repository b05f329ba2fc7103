// The scores of one attribute of the next note.
import Torch

/// Scores from the top layer's output and what is already known of the note.
///
/// Intervals are scored linearly; the others through a rectified hidden layer to which every known attribute adds a
/// row.
struct NoteHead: Module {
  let attribute: NoteAttribute
  /// The attributes that it is told, in the order of prediction.
  let known: [NoteAttribute]
  private let hidden: (weight: Tensor, bias: Tensor)?
  private let tables: [Tensor]
  private let weight, bias: Tensor

  /// Makes a head with random weights.
  init(_ attribute: NoteAttribute, options: NoteNetworkOptions) throws(TorchError) {
    self.attribute = attribute
    known = attribute.known.filter(options.outputs.contains)
    let size = options.headSize(attribute)
    let inputs = size > 0 ? size : options.hidden
    if size > 0 {
      let layer = try Self.linear(inputs: options.hidden, outputs: size)
      hidden = layer
      var tables: [Tensor] = []
      for attribute in known {
        tables.append(try Tensor.normal([attribute.classCount, size], deviation: 0.1).requiringGradient())
      }
      self.tables = tables
    } else {
      hidden = nil
      tables = []
    }
    (weight, bias) = try Self.linear(inputs: inputs, outputs: attribute.classCount)
  }

  private static func linear(inputs: Int, outputs: Int) throws(TorchError) -> (weight: Tensor, bias: Tensor) {
    let bound = 1 / Double(inputs).squareRoot()
    return (
      try Tensor.uniform([outputs, inputs], in: -bound..<bound).requiringGradient(),
      try Tensor.zeros([outputs]).requiringGradient()
    )
  }

  var parameters: [(name: String, tensor: Tensor)] {
    var all: [(name: String, tensor: Tensor)] = []
    if let hidden { all += [("hidden.weight", hidden.weight), ("hidden.bias", hidden.bias)] }
    all += zip(known, tables).map { ($0.name, $1) }
    return all + [("weight", weight), ("bias", bias)]
  }

  /// The logits [N, classes], -infinity for impossible classes.
  ///
  /// - Parameters:
  ///   - top: the top layer's outputs [N, hidden].
  ///   - batch: what is known of the N notes.
  func logits(_ top: Tensor, _ batch: NoteBatch) throws(TorchError) -> Tensor {
    guard let hidden else { return try top.linear(weight: weight.permute([1, 0]), bias: bias) }
    var sum = try top.linear(weight: hidden.weight.permute([1, 0]), bias: hidden.bias)
    for (attribute, table) in zip(known, tables) { sum = try sum + table.embedding(batch.known(attribute)) }
    let logits = try sum.relu().linear(weight: weight.permute([1, 0]), bias: bias)
    switch attribute {
    case .pitch where known.contains(.interval): return try logits.forbidding(below: Tensor(batch.lowest))
    // A note lasts at least a tick.
    case .duration: return try logits.forbidding(below: Tensor([Int64](repeating: 1, count: batch.lowest.count)))
    default: return logits
    }
  }
}
