// Elementwise arithmetic with broadcasting, and products.
import CTorch

extension Tensor {
  private static func binary(
    _ op: ctorch_binary_op, _ name: String, _ a: Tensor, _ b: Tensor
  ) throws(TorchError) -> Tensor {
    try make(name) { ctorch_binary(op, a.handle, b.handle, $0) }
  }

  private func unary(_ op: ctorch_unary_op, _ name: String) throws(TorchError) -> Tensor {
    try Tensor.make(name) { ctorch_unary(op, handle, $0) }
  }

  /// The sum, with broadcasting.
  public static func + (a: Tensor, b: Tensor) throws(TorchError) -> Tensor { try binary(CTORCH_ADD, "add", a, b) }
  /// The difference, with broadcasting.
  public static func - (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
    try binary(CTORCH_SUBTRACT, "subtract", a, b)
  }
  /// The product element by element, with broadcasting.
  public static func * (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
    try binary(CTORCH_MULTIPLY, "multiply", a, b)
  }
  /// The quotient, with broadcasting.
  public static func / (a: Tensor, b: Tensor) throws(TorchError) -> Tensor { try binary(CTORCH_DIVIDE, "divide", a, b) }
  /// The tensor scaled.
  public static func * (a: Tensor, scale: Double) throws(TorchError) -> Tensor { try a.affine(scale: scale) }
  /// The tensor scaled by 1 / `divisor`.
  public static func / (a: Tensor, divisor: Double) throws(TorchError) -> Tensor { try a.affine(scale: 1 / divisor) }
  /// The tensor shifted.
  public static func + (a: Tensor, shift: Double) throws(TorchError) -> Tensor { try a.affine(shift: shift) }
  /// The tensor shifted down.
  public static func - (a: Tensor, shift: Double) throws(TorchError) -> Tensor { try a.affine(shift: -shift) }
  /// The negative.
  public static prefix func - (a: Tensor) throws(TorchError) -> Tensor { try a.unary(CTORCH_NEGATE, "negate") }

  /// `self * scale + shift`.
  public func affine(scale: Double = 1, shift: Double = 0) throws(TorchError) -> Tensor {
    try Tensor.make("affine") { ctorch_affine(handle, scale, shift, $0) }
  }

  /// max(x, 0).
  public func relu() throws(TorchError) -> Tensor { try unary(CTORCH_RELU, "relu") }
  /// x · Φ(x), the Gaussian error linear unit (Hendrycks and Gimpel 2016), exactly.
  public func gelu() throws(TorchError) -> Tensor { try unary(CTORCH_GELU, "gelu") }
  /// 1 / (1 + exp(-x)).
  public func sigmoid() throws(TorchError) -> Tensor { try unary(CTORCH_SIGMOID, "sigmoid") }
  /// The hyperbolic tangent.
  public func tanh() throws(TorchError) -> Tensor { try unary(CTORCH_TANH, "tanh") }
  /// The exponential.
  public func exp() throws(TorchError) -> Tensor { try unary(CTORCH_EXP, "exp") }
  /// The natural logarithm.
  public func log() throws(TorchError) -> Tensor { try unary(CTORCH_LOG, "log") }
  /// The square root.
  public func sqrt() throws(TorchError) -> Tensor { try unary(CTORCH_SQRT, "sqrt") }
  /// x · x.
  public func square() throws(TorchError) -> Tensor { try unary(CTORCH_SQUARE, "square") }
  /// |x|.
  public func abs() throws(TorchError) -> Tensor { try unary(CTORCH_ABS, "abs") }

  /// Limits the elements to `low...high`.
  public func clamp(low: Double = -.infinity, high: Double = .infinity) throws(TorchError) -> Tensor {
    try Tensor.make("clamp") { ctorch_clamp(handle, low, high, $0) }
  }

  /// `value` in place of each element where `mask`, which broadcasts to this shape, is not 0.
  public func maskedFill(_ mask: Tensor, with value: Double) throws(TorchError) -> Tensor {
    try Tensor.make("masked fill") { ctorch_masked_fill(handle, mask.handle, value, $0) }
  }

  /// The matrix product over the last two dimensions, batched over the others.
  public func matmul(_ other: Tensor) throws(TorchError) -> Tensor {
    try Tensor.binary(CTORCH_MATMUL, "matmul", self, other)
  }

  /// `self · weight + bias` in one call: self [N, i], weight [i, o], bias [o] gives [N, o].
  public func linear(weight: Tensor, bias: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("linear") { ctorch_addmm(bias.handle, handle, weight.handle, $0) }
  }

  /// A one-dimensional convolution (in fact a correlation).
  ///
  /// self [N, i, T], weight [o, i, k], bias [o] give [N, o, T'].
  public func conv1d(
    weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0, dilation: Int = 1
  ) throws(TorchError) -> Tensor {
    try Tensor.make("conv1d") {
      ctorch_conv1d(handle, weight.handle, bias?.handle, Int64(stride), Int64(padding), Int64(dilation), $0)
    }
  }

  /// In training, zeroes each element with `probability` and scales the others up to keep the mean; else the identity.
  public func dropout(_ probability: Double, training: Bool) throws(TorchError) -> Tensor {
    try Tensor.make("dropout") { ctorch_dropout(handle, probability, training, $0) }
  }
}
