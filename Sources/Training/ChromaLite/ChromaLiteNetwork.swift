// The network that is trained: ChromaLite with gradients.
import Music
import Torch

/// The shape of a network.
struct ChromaLiteShapeOptions: Equatable, Sendable {
  /// Bands of the input: 3, or 1 for their sum.
  var bands = 3
  /// Channels of the layers that see every step.
  var hidden = 32
  /// Channels of the layers that see the statistics.
  var mixing = 48
  /// Families that the network tells apart, in the order of its outputs.
  var families = ScaleFamily.allCases
  /// Whether there is a class for "no scale".
  var hasNone = true

  /// Classes: families × 12 tonics, and none.
  var classCount: Int { families.count * 12 + (hasNone ? 1 : 0) }
}

/// ChromaLite: a causal second of chroma mixed twice at every step, statistics over the steps mixed twice, and scores.
///
/// The same function as `ScaleDetector.ChromaLite`, whose file it writes; a test compares the two.
struct ChromaLiteNetwork: Module {
  let shape: ChromaLiteShapeOptions
  private let a, b, p, q: CircularMixing
  private let outWeight, outBias: Tensor
  private let none: (weight: Tensor, bias: Tensor)?

  /// Share of the values dropped after layer p in training.
  private static let dropout = 0.15

  /// Makes a network with random weights from libtorch's generator.
  init(_ shape: ChromaLiteShapeOptions) throws(TorchError) {
    self.shape = shape
    a = try CircularMixing(inputs: shape.bands, outputs: shape.hidden)
    b = try CircularMixing(inputs: shape.hidden, outputs: shape.hidden)
    p = try CircularMixing(inputs: 2 * shape.hidden + 3 * shape.bands, outputs: shape.mixing)
    q = try CircularMixing(inputs: shape.mixing, outputs: shape.mixing)
    let bound = 1 / Double(shape.mixing).squareRoot()
    outWeight = try Tensor.uniform([shape.families.count, shape.mixing], in: -bound..<bound).requiringGradient()
    outBias = try Tensor.uniform([shape.families.count], in: -bound..<bound).requiringGradient()
    if shape.hasNone {
      none = (
        try Tensor.uniform([1, shape.mixing], in: -bound..<bound).requiringGradient(),
        try Tensor.uniform([1], in: -bound..<bound).requiringGradient()
      )
    } else {
      none = nil
    }
  }

  var parameters: [(name: String, tensor: Tensor)] {
    var all = a.parameters(under: "a") + b.parameters(under: "b") + p.parameters(under: "p") + q.parameters(under: "q")
    all += [("out.weight", outWeight), ("out.bias", outBias)]
    if let none { all += [("none.weight", none.weight), ("none.bias", none.bias)] }
    return all
  }

  /// The logits [examples, classes] of a batch, families × 12 tonics family-major and none last.
  func logits(_ batch: ChromaBatch, training: Bool) throws(TorchError) -> Tensor {
    let examples = batch.lengths.count
    let width = shape.hidden * 12
    let steps = try batch.smoothed.reshape([-1, shape.bands, 12])
    let y = try b(a(steps).relu()).relu().reshape([-1, width])
    let mean = try y.segmentMean(lengths: batch.lengths)
    let variance = try y.square().segmentMean(lengths: batch.lengths) - mean.square()
    let deviation = try (variance.clamp(low: 0) + 1e-6).sqrt()
    let statistics = try Tensor.cat([mean, deviation, batch.statistics], along: 1).reshape([examples, -1, 12])
    let z = try q(p(statistics).relu().dropout(Self.dropout, training: training)).relu()
    let families = shape.families.count
    let scores = try (outWeight.matmul(z) + outBias.reshape([families, 1])).reshape([examples, families * 12])
    guard let none else { return scores }
    let silence = try z.mean(over: [2]).matmul(none.weight.reshape([shape.mixing, 1])) + none.bias
    return try Tensor.cat([scores, silence], along: 1)
  }
}
