// A network that fills in notes from those on both sides, for analysis and infilling.
import Improviser
import Torch

/// A bidirectional LSTM (Graves and Schmidhuber 2005), attention over what it heard (Luong, Pham and Manning 2015) and
/// an LSTM that writes, trained as BERT is (Devlin et al. 2019): some notes are hidden, and each of them is predicted
/// from all others of its sequence within the window. It cannot run live. For one thread.
///
/// `batch.targets` is what it reads. Hidden notes are replaced by a learned row before anything else happens, so that
/// nothing of them reaches their own prediction, but for the attributes before the one that is predicted.
struct BidirectionalAttentionNetwork: NoteLearner {
  /// When all notes are to be predicted, every so many-th is hidden at a time.
  static let passes = 5
  /// The share of the notes that is hidden in training, drawn for each window.
  static let hiddenShares = 0.15..<0.25
  /// The width of the queries and keys of each head.
  private static let keyWidth = 64

  let options: NoteModelOptions
  let outputs = Set(NoteAttribute.allCases)
  var isCausal: Bool { false }
  var hasEnds: Bool { false }
  private let embedding: NoteEmbedding
  private let hidden: Tensor
  private let forward, backward: LSTMLayer
  private let readNorm, joinNorm: LayerNormalization
  private let query, key, join: LinearLayer
  private let writers: [LSTMLayer]
  private let heads: [NoteHead]

  // MARK: What it consists of

  /// Makes a network with random weights from libtorch's generator.
  ///
  /// - Throws: a sentence for a shape that cannot work.
  init(_ options: NoteModelOptions) throws {
    try options.validate()
    guard options.hidden.count >= 2, let reader = options.hidden.first, let top = options.hidden.last else {
      throw TrainingError(
        "A bilstm-attention model has \(options.hidden.count) layer; give at least two sizes, such as 512,512.")
    }
    guard options.embedding > 0 else {
      throw TrainingError("The embedding of a bilstm-attention model has the size 0; give a number from 1 to 4096.")
    }
    self.options = options
    embedding = try NoteEmbedding(width: options.embedding, conditions: options.conditions.count)
    hidden = try Tensor.normal([1, options.embedding], deviation: 0.3).requiringGradient()
    forward = try LSTMLayer(inputs: options.embedding, hidden: reader)
    backward = try LSTMLayer(inputs: options.embedding, hidden: reader)
    readNorm = try LayerNormalization(width: 2 * reader)
    joinNorm = try LayerNormalization(width: reader)
    query = try LinearLayer(inputs: 2 * reader, outputs: Self.keyWidth * options.heads)
    key = try LinearLayer(inputs: 2 * reader, outputs: Self.keyWidth * options.heads)
    join = try LinearLayer(inputs: 4 * reader, outputs: reader)
    writers = try zip(options.hidden, options.hidden.dropFirst()).map { try LSTMLayer(inputs: $0, hidden: $1) }
    var shape = NoteNetworkOptions()
    shape.hidden = top
    heads = try NoteAttribute.allCases.map { try NoteHead($0, options: shape) }
  }

  var parameters: [(name: String, tensor: Tensor)] {
    var all = embedding.parameters(under: "embedding") + [("hidden", hidden)]
    all += forward.parameters(under: "forward") + backward.parameters(under: "backward")
    all += readNorm.parameters(under: "read_norm") + joinNorm.parameters(under: "join_norm")
    all += query.parameters(under: "query") + key.parameters(under: "key") + join.parameters(under: "join")
    for (index, writer) in writers.enumerated() { all += writer.parameters(under: "writer.\(index)") }
    for head in heads { all += head.parameters(under: head.attribute.name) }
    return all
  }

  /// Nothing is carried from one window to the next.
  func start(rows: Int) throws(TorchError) -> [Tensor] { [] }

  // MARK: From a window with hidden notes to their predictions

  /// The top layer's outputs [steps · rows, units], and the weights of the attention [rows, heads, steps, steps].
  private func read(
    _ batch: NoteBatch, isHidden: [Bool], training: Bool
  ) throws(TorchError) -> (top: Tensor, weights: Tensor) {
    let (steps, rows) = (batch.steps, batch.rows)
    let shares = try Tensor(isHidden.map { Float($0 ? 1 : 0) }, shape: [steps * rows, 1])
    let told = try embedding.told(batch)
    let notes = try embedding.notes(batch.targets.map { classes in classes.map { max(0, $0) } })
    let seen = try notes * (shares * -1 + 1) + shares.matmul(hidden) + told
    let x = try seen.dropout(options.dropout / 2, training: training).reshape([steps, rows, -1])

    // Left to right and right to left, both anew where a sequence begins.
    let keep = try Tensor(batch.keep, shape: [steps, rows])
    let right = try forward(x, anew: keep)
    // The step after is the one before when time runs backwards.
    let ends = try Tensor(batch.keep.dropFirst(rows) + [Float](repeating: 0, count: rows), shape: [steps, rows])
    let left = try backward(x.flipped(0), anew: ends.flipped(0)).flipped(0)
    // Without the normalisations what one note tells of another is so faint at first that training does not begin.
    let both = try readNorm(Tensor.cat([right, left], along: 2)).dropout(options.dropout, training: training)
    let sequences = Sequences(batch)
    let heard = try both.permute([1, 0, 2])
    let found = try query(heard).attention(
      keys: key(heard), values: heard, first: Tensor(sequences.first, shape: [rows, steps]),
      last: Tensor(sequences.last, shape: [rows, steps]), heads: options.heads)
    var y = try joinNorm(join(Tensor.cat([both, found.values.permute([1, 0, 2])], along: 2)))
    for writer in writers { y = try writer(y, anew: keep).dropout(options.dropout, training: training) }
    return (try y.reshape([steps * rows, -1]), found.weights)
  }

  /// Where each row's sequences begin and end: the first and last step of the sequence of each step, [rows, steps].
  private struct Sequences {
    var first: [Int64] = []
    var last: [Int64] = []

    init(_ batch: NoteBatch) {
      for row in 0..<batch.rows {
        var begin = 0
        for step in 0..<batch.steps {
          if batch.keep[step * batch.rows + row] == 0 { begin = step }
          first.append(Int64(begin))
        }
        var end = batch.steps - 1
        var ends: [Int64] = []
        for step in stride(from: batch.steps - 1, through: 0, by: -1) {
          ends.append(Int64(end))
          if batch.keep[step * batch.rows + row] == 0 { end = step - 1 }
        }
        last += ends.reversed()
      }
    }
  }

  // MARK: Which notes are hidden

  /// Whether there is a note at each cell; rows may have run dry.
  private func isNote(_ batch: NoteBatch) -> [Bool] {
    batch.targets[NoteAttribute.pitch.rawValue].map { $0 != NoteBatch.nothing }
  }

  /// A random part of the cells, from libtorch's generator; one cell at least.
  private func draw(_ cells: Int) throws(TorchError) -> [Bool] {
    let random = try Tensor.uniform([cells + 1], in: 0..<1).floats()
    let width = Self.hiddenShares.upperBound - Self.hiddenShares.lowerBound
    let share = Float(Self.hiddenShares.lowerBound + width * Double(random[cells]))
    var isHidden = random.prefix(cells).map { $0 < share }
    if cells > 0, !isHidden.contains(true) { isHidden[Int(Double(random[cells]) * Double(cells))] = true }
    return isHidden
  }

  /// The top layer's outputs at every note, each while it was hidden itself, [steps · rows, units].
  private func readAll(_ batch: NoteBatch) throws(TorchError) -> Tensor {
    let cells = batch.steps * batch.rows
    var tops: [Tensor] = []
    for pass in 0..<Self.passes {
      let isHidden = (0..<cells).map { ($0 / batch.rows) % Self.passes == pass }
      tops.append(try read(batch, isHidden: isHidden, training: false).top)
    }
    let places = (0..<cells).map { Int64(($0 / batch.rows) % Self.passes * cells + $0) }
    return try Tensor.cat(tops, along: 0).indexSelect(0, Tensor(places))
  }

  // MARK: What a trainer asks

  /// The logits of every note given all others. In training only a random part of the notes is hidden, and what comes
  /// out at the others means nothing.
  func logits(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLogits {
    let top =
      training
      ? try read(batch, isHidden: draw(batch.steps * batch.rows), training: true).top : try readAll(batch)
    return try scores(top, batch)
  }

  func losses(_ batch: NoteBatch, state: inout [Tensor], training: Bool) throws(TorchError) -> NoteLosses {
    let isHidden = training ? try draw(batch.steps * batch.rows) : nil
    let top: Tensor
    if let isHidden {
      top = try read(batch, isHidden: isHidden, training: true).top
    } else {
      top = try readAll(batch)
    }
    let isPredicted = isNote(batch).enumerated().map { $0.element && isHidden?[$0.offset] != false }
    var nats: [(attribute: NoteAttribute, nats: Tensor)] = []
    for (attribute, logits) in try scores(top, batch) {
      let targets = zip(batch.targets[attribute.rawValue], isPredicted).map { $1 ? $0 : Int64(NoteBatch.nothing) }
      nats.append((attribute, try logits.crossEntropy(targets: Tensor(targets), ignoring: NoteBatch.nothing)))
    }
    return NoteLosses(nats: nats, notes: isPredicted.count { $0 })
  }

  private func scores(_ top: Tensor, _ batch: NoteBatch) throws(TorchError) -> NoteLogits {
    var all: NoteLogits = []
    for head in heads { all.append((head.attribute, try head.logits(top, batch))) }
    return all
  }

  /// Where the network looks within a window of which nothing is hidden, by row and head.
  func attention(of batch: NoteBatch) throws(TorchError) -> AttentionMaps {
    let isHidden = [Bool](repeating: false, count: batch.steps * batch.rows)
    let weights = try read(batch, isHidden: isHidden, training: false).weights
    return AttentionMaps(
      layers: 1, rows: batch.rows, heads: options.heads, steps: batch.steps, values: try weights.floats())
  }
}

extension LSTMLayer {
  /// Runs over `x` [steps, rows, inputs] from the empty state.
  fileprivate func callAsFunction(_ x: Tensor, anew keep: Tensor) throws(TorchError) -> Tensor {
    var state = try start(batch: x.shape[1])
    return try self(x, state: &state, keep: keep)
  }
}
