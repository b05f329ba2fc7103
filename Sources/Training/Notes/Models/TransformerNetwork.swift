// A causal transformer with relative positions that predicts the next note.
import Improviser
import Torch

/// A decoder (Vaswani et al. 2017, "Attention is all you need") whose heads know by a learned vector for each distance
/// how far back a note lies (Shaw et al. 2018; Huang et al. 2019, "Music Transformer"), with normalisation before each
/// part (Xiong et al. 2020) and a memory of the window before (Dai et al. 2019, "Transformer-XL").
///
/// Each note looks at exactly the last `memory` notes of its sequence in every layer, wherever a window ends: one step
/// at a time, in windows of any length or at once the logits are the same. For one thread.
struct TransformerNetwork: NoteLearner {
  /// Notes that each layer can look back.
  static let memory = 128

  let options: NoteModelOptions
  let outputs = Set(NoteAttribute.allCases)
  private let embedding: NoteEmbedding
  private let widening: LinearLayer?
  private let blocks: [Block]
  private let norm: LayerNormalization
  private let heads: [NoteHead]

  // MARK: What it consists of

  /// Makes a network with random weights from libtorch's generator.
  ///
  /// - Throws: a sentence for a shape that cannot work.
  init(_ options: NoteModelOptions) throws {
    try options.validate()
    guard let width = options.hidden.first, options.hidden.allSatisfy({ $0 == width }) else {
      throw TrainingError("The layers of a transformer have the sizes \(options.hidden); give all of them one size.")
    }
    guard options.embedding > 0 else {
      throw TrainingError("The embedding of a transformer has the size 0; give a number from 1 to 4096.")
    }
    self.options = options
    embedding = try NoteEmbedding(width: options.embedding, conditions: options.conditions.count)
    widening = options.embedding == width ? nil : try LinearLayer(inputs: options.embedding, outputs: width)
    blocks = try options.hidden.map { try Block(width: $0, heads: options.heads, dropout: options.dropout) }
    norm = try LayerNormalization(width: width)
    var shape = NoteNetworkOptions()
    shape.hidden = width
    heads = try NoteAttribute.allCases.map { try NoteHead($0, options: shape) }
  }

  var parameters: [(name: String, tensor: Tensor)] {
    var all = embedding.parameters(under: "embedding")
    if let widening { all += widening.parameters(under: "widening") }
    for (index, block) in blocks.enumerated() { all += block.parameters(under: "block.\(index)") }
    all += norm.parameters(under: "norm")
    for head in heads { all += head.parameters(under: head.attribute.name) }
    return all
  }

  /// One layer: notes look at each other, then each is worked on by itself. Both add to what comes in.
  private struct Block: Module {
    let count: Int
    let dropout: Double
    let before, between: LayerNormalization
    let query, key, value, output: LinearLayer
    let distances: Tensor
    let wide, narrow: LinearLayer

    init(width: Int, heads: Int, dropout: Double) throws(TorchError) {
      count = heads
      self.dropout = dropout
      before = try LayerNormalization(width: width)
      query = try LinearLayer(inputs: width, outputs: width)
      key = try LinearLayer(inputs: width, outputs: width)
      value = try LinearLayer(inputs: width, outputs: width)
      distances = try Tensor.normal([heads, memory + 1, width / heads], deviation: 0.02).requiringGradient()
      output = try LinearLayer(inputs: width, outputs: width)
      between = try LayerNormalization(width: width)
      wide = try LinearLayer(inputs: width, outputs: 4 * width)
      narrow = try LinearLayer(inputs: 4 * width, outputs: width)
    }

    var parameters: [(name: String, tensor: Tensor)] {
      before.parameters(under: "before") + query.parameters(under: "query") + key.parameters(under: "key")
        + value.parameters(under: "value") + [("distances", distances)] + output.parameters(under: "output")
        + between.parameters(under: "between") + wide.parameters(under: "wide") + narrow.parameters(under: "narrow")
    }

    /// Runs over `x` [rows, steps, width] and moves `past` [rows, memory, width] on: what the layer's keys and values
    /// are made from, so that the weights learn from the past too, while no gradient flows back into it.
    func callAsFunction(
      _ x: Tensor, past: inout Tensor, reach: Reach, training: Bool
    ) throws(TorchError) -> (y: Tensor, weights: Tensor) {
      let now = try before(x)
      let context = try Tensor.cat([past, now], along: 1)
      let length = context.shape[1]
      past = try context.slice(1, length - memory..<length).detached()
      let heard = try query(now).attention(
        keys: key(context), values: value(context), relative: distances, first: reach.first, last: reach.last,
        heads: count)
      let attended = try x + output(heard.values).dropout(dropout, training: training)
      let worked = try narrow(wide(between(attended)).gelu())
      return (try attended + worked.dropout(dropout, training: training), heard.weights)
    }
  }

  // MARK: How far each note sees

  /// The keys of each query: those of its own sequence, and no more than `memory` back. Int64 [rows, steps].
  private struct Reach {
    let first, last: Tensor

    /// Follows the rows of a window. `ages` are the notes of each row's sequence that its memory holds.
    init(_ batch: NoteBatch, ages: inout [Float]) throws(TorchError) {
      var first = [Int64](repeating: 0, count: batch.rows * batch.steps)
      var last = first
      for row in 0..<batch.rows {
        var age = min(max(ages[row], 0), Float(memory))
        for step in 0..<batch.steps {
          if batch.keep[step * batch.rows + row] == 0 { age = 0 }
          last[row * batch.steps + step] = Int64(memory + step)
          first[row * batch.steps + step] = Int64(memory + step) - Int64(age)
          age = min(age + 1, Float(memory))
        }
        ages[row] = age
      }
      self.first = try Tensor(first, shape: [batch.rows, batch.steps])
      self.last = try Tensor(last, shape: [batch.rows, batch.steps])
    }
  }

  /// How many notes each row's memory holds [rows, 1], and the memory of each layer [rows, memory, width].
  func start(rows: Int) throws(TorchError) -> [Tensor] {
    var state = [try Tensor.zeros([rows, 1])]
    for width in options.hidden { state.append(try Tensor.zeros([rows, Self.memory, width])) }
    return state
  }

  // MARK: From a window to the next notes

  func logits(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLogits {
    let top = try run(batch, state: &state, training: training).top
    var all: NoteLogits = []
    for head in heads { all.append((head.attribute, try head.logits(top, batch))) }
    return all
  }

  /// Where each layer's heads look within a window that begins anew, by layer, row and head.
  func attention(of batch: NoteBatch) throws(TorchError) -> AttentionMaps {
    var state = try start(rows: batch.rows)
    let weights = try run(batch, state: &state, training: false).weights
    var values: [Float] = []
    for layer in weights { values += try layer.slice(3, Self.memory..<Self.memory + batch.steps).floats() }
    return AttentionMaps(
      layers: blocks.count, rows: batch.rows, heads: options.heads, steps: batch.steps, values: values)
  }

  /// The top layer's outputs [steps · rows, width], and the weights of each layer's attention.
  private func run(
    _ batch: NoteBatch, state: inout [Tensor], training: Bool
  ) throws(TorchError) -> (top: Tensor, weights: [Tensor]) {
    guard state.count == blocks.count + 1, state[0].count == batch.rows else {
      throw TorchError("transformer: the state does not fit \(blocks.count) layers and \(batch.rows) rows")
    }
    var ages = try state[0].floats()
    let reach = try Reach(batch, ages: &ages)
    state[0] = try Tensor(ages, shape: [batch.rows, 1])
    let heard = try embedding.notes(batch.heard) + embedding.told(batch)
    var x = try heard.dropout(options.dropout, training: training)
    if let widening { x = try widening(x) }
    // A row's steps side by side, so that its products read memory in one go.
    let width = options.hidden[0]
    x = try x.reshape([batch.steps, batch.rows, width]).permute([1, 0, 2]).reshape([batch.rows, batch.steps, width])
    var weights: [Tensor] = []
    for (index, block) in blocks.enumerated() {
      let result = try block(x, past: &state[index + 1], reach: reach, training: training)
      x = result.y
      weights.append(result.weights)
    }
    let top = try norm(x).permute([1, 0, 2]).reshape([batch.steps * batch.rows, width])
    return (top, weights)
  }
}
