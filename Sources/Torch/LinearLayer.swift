// A layer of products with a matrix of weights.

/// `x · weightᵀ + bias` over the last dimension, as `torch.nn.Linear` has it.
public struct LinearLayer: Module {
  private let weight, bias: Tensor
  private let outputs: Int

  /// A layer with random weights, uniform within ±1/√inputs, and a bias of zeros.
  public init(inputs: Int, outputs: Int) throws(TorchError) {
    let bound = 1 / Double(max(1, inputs)).squareRoot()
    self.init(
      weight: try Tensor.uniform([outputs, inputs], in: -bound..<bound).requiringGradient(),
      bias: try Tensor.zeros([outputs]).requiringGradient())
  }

  /// A layer of given weights: [outputs, inputs] and [outputs].
  public init(weight: Tensor, bias: Tensor) {
    self.weight = weight
    self.bias = bias
    outputs = weight.shape.first ?? 0
  }

  /// weight [outputs, inputs], bias [outputs].
  public var parameters: [(name: String, tensor: Tensor)] { [("weight", weight), ("bias", bias)] }

  /// `x` [..., inputs] gives [..., outputs].
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    let shape = x.shape
    guard let inputs = shape.last else { throw TorchError("linear: a single number has no last dimension") }
    let rows = shape.count == 2 ? x : try x.reshape([shape.dropLast().reduce(1, *), inputs])
    let y = try rows.linear(weight: weight.permute([1, 0]), bias: bias)
    return shape.count == 2 ? y : try y.reshape(shape.dropLast() + [outputs])
  }
}
