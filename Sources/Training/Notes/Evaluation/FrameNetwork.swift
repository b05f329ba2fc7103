// A network that writes chords note by note.

import Torch

/// Layers of LSTM hear one frame a step; a head then writes the notes of the next frame downwards, each given those
/// above it, and its end. A pitch's score is a sum: its own, one for the leap from each note of the frame before, and
/// one for the interval from each note above, so that what is learnt in one key holds in all.
struct FrameNetwork: Module {
  let shape: FrameShape
  private let heard: [Tensor]
  private let beat: Tensor
  private let layers: [LSTMLayer]
  private let top, slot: Tensor
  private let headHeard, headWritten: [Tensor]
  private let weight, bias: Tensor

  /// A network with random weights from libtorch's generator.
  init(_ shape: FrameShape) throws(TorchError) {
    self.shape = shape
    func table(_ rows: Int, _ width: Int) throws(TorchError) -> Tensor {
      try Tensor.normal([rows, width], deviation: 0.15).requiringGradient()
    }
    var (heard, headHeard, headWritten): ([Tensor], [Tensor], [Tensor]) = ([], [], [])
    var layers: [LSTMLayer] = []
    for _ in 0..<shape.voices {
      heard.append(try table(shape.heardCount, shape.embedding))
      headHeard.append(try table(shape.heardCount, shape.head))
      headWritten.append(try table(shape.classCount, shape.head))
    }
    for layer in 0..<shape.layers {
      layers.append(try LSTMLayer(inputs: layer == 0 ? shape.embedding : shape.hidden, hidden: shape.hidden))
    }
    (self.heard, self.headHeard, self.headWritten, self.layers) = (heard, headHeard, headWritten, layers)
    beat = try table(4, shape.embedding)
    slot = try table(shape.voices + 1, shape.head)
    let deviation = 1 / Double(shape.hidden).squareRoot()
    top = try Tensor.normal([shape.hidden, shape.head], deviation: deviation).requiringGradient()
    let scores = shape.classCount + 2 * shape.voices * FrameShape.leapCount
    weight = try Tensor.normal([shape.head, scores], deviation: 0.03).requiringGradient()
    bias = try Tensor.zeros([scores]).requiringGradient()
  }

  var parameters: [(name: String, tensor: Tensor)] {
    var all = [("beat", beat), ("top", top), ("slot", slot), ("weight", weight), ("bias", bias)]
    for voice in 0..<shape.voices {
      all += [
        ("heard.\(voice)", heard[voice]), ("head.heard.\(voice)", headHeard[voice]),
        ("head.written.\(voice)", headWritten[voice]),
      ]
    }
    return all + layers.enumerated().flatMap { $1.parameters(under: "lstm.\($0)") }
  }

  /// The log-probabilities [cells, classes] of what is written in each cell.
  func logProbabilities(_ batch: FrameBatch, training: Bool) throws(TorchError) -> Tensor {
    let frames = batch.steps * batch.rows
    let heardClasses = try batch.heard.map { classes throws(TorchError) in try Tensor(classes) }
    var x = try beat.embedding(Tensor(batch.beats))
    for (table, classes) in zip(heard, heardClasses) { x = try x + table.embedding(classes) }
    var y = try x.dropout(shape.inputDropout, training: training)
      .reshape([batch.steps, batch.rows, shape.embedding])
    let keep = try Tensor.zeros([batch.steps, batch.rows]) + 1
    for layer in layers {
      var state = try layer.start(batch: batch.rows)
      y = try layer(y, state: &state, keep: keep).dropout(shape.layerDropout, training: training)
    }
    var above = try y.reshape([frames, shape.hidden]).matmul(top)
    for (table, classes) in zip(headHeard, heardClasses) { above = try above + table.embedding(classes) }
    var a = try above.indexSelect(0, Tensor(batch.frames)) + slot.embedding(Tensor(batch.slots))
    for (table, classes) in zip(headWritten, batch.written) { a = try a + table.embedding(Tensor(classes)) }
    let scores = try a.relu().dropout(shape.headDropout, training: training).linear(weight: weight, bias: bias)
    return try sum(scores, batch).forbidding(below: Tensor(batch.lowest)).logSoftmax(over: 1)
  }

  /// Adds up the scores of each pitch.
  private func sum(_ scores: Tensor, _ batch: FrameBatch) throws(TorchError) -> Tensor {
    var pitches = try scores.slice(1, 0..<shape.pitches)
    let end = try scores.slice(1, shape.end..<shape.classCount)
    var first = shape.classCount
    for places in batch.leaps + batch.intervals {
      let own = try scores.slice(1, first..<first + FrameShape.leapCount)
      pitches = try pitches + own.gather(1, Tensor(places, shape: [batch.targets.count, shape.pitches]))
      first += FrameShape.leapCount
    }
    return try Tensor.cat([pitches, end], along: 1)
  }
}
