// Probabilities of classes from one number: a logistic distribution cut at the borders of the classes.
import Torch

/// A network that gives a number says nothing of chances. This turns the number into the probability of each class of
/// an ordered set: the share of a logistic distribution around the number that lies between the class's borders. The
/// first and the last class reach to infinity, so the probabilities sum to 1.
///
/// Source: Salimans, Karpathy, Chen, Kingma, "PixelCNN++", 2017, section 2.1; here with one width for all predictions,
/// as squared error has.
struct DiscretizedLogistic {
  /// The borders [1, classes], 0 where there is none, and 1 where there is one.
  private let lower, upper, hasLower, hasUpper: Tensor
  /// Distances of the borders, 1 where one of them is infinite; and 1 where both are finite.
  private let width, isInner: Tensor

  /// - Parameter borders: between each class and the next, rising; one fewer than classes, at least one.
  init(borders: [Double]) throws(TorchError) {
    let classes = borders.count + 1
    func row(_ value: (Int) -> Double) throws(TorchError) -> Tensor {
      try Tensor((0..<classes).map { Float(value($0)) }, shape: [1, classes])
    }
    let inner = 1..<classes - 1
    lower = try row { $0 > 0 ? borders[$0 - 1] : 0 }
    upper = try row { $0 < classes - 1 ? borders[$0] : 0 }
    hasLower = try row { $0 > 0 ? 1 : 0 }
    hasUpper = try row { $0 < classes - 1 ? 1 : 0 }
    width = try row { inner.contains($0) ? borders[$0] - borders[$0 - 1] : 1 }
    isInner = try row { inner.contains($0) ? 1 : 0 }
  }

  /// Log-probabilities [N, classes].
  ///
  /// With a and b the borders in units of the scale, σ(a) - σ(b) = σ(a) · σ(-b) · (1 - exp(b - a)): a product, whose
  /// logarithm stays exact where the difference of two numbers near 1 would be 0.
  ///
  /// - Parameters:
  ///   - mean: the number, [N, 1].
  ///   - logScale: the logarithm of the distribution's scale, [1]; its deviation is 1.81 times the scale.
  func logits(mean: Tensor, logScale: Tensor) throws(TorchError) -> Tensor {
    // Scales far from every pair of borders would underflow.
    let sharpness = try (-logScale.clamp(low: -6, high: 8)).exp()
    let below = try Self.logSigmoid((upper - mean) * sharpness) * hasUpper
    let above = try Self.logSigmoid((mean - lower) * sharpness) * hasLower
    let between = try (-(width * sharpness)).exp().affine(scale: -1, shift: 1).log() * isInner
    return try below + above + between
  }

  /// log(1 / (1 + exp(-x))) = min(x, 0) - log(1 + exp(-|x|)).
  private static func logSigmoid(_ x: Tensor) throws(TorchError) -> Tensor {
    try -(-x).relu() - ((-(x.abs())).exp() + 1).log()
  }
}
