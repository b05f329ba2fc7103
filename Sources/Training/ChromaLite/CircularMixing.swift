// A circular layer with gradients: mixing around the circle of the twelve pitch classes.
import Torch

/// [N, inputs, 12] to [N, outputs, 12]: y[o, p] = bias[o] + Σ W[o, i, d] · x[i, (p + d) mod 12].
///
/// Computed as a convolution over the input and its first eleven columns again. On one core that takes as long as one
/// product with the circulant matrix of the weights through OpenBLAS, and does not depend on which BLAS is installed.
struct CircularMixing: Module {
  /// [outputs, inputs, 12]
  let weight: Tensor
  /// [outputs]
  let bias: Tensor

  /// Makes a layer with weights from libtorch's generator, evenly distributed within ±1 / √(inputs · 12).
  init(inputs: Int, outputs: Int) throws(TorchError) {
    let bound = 1 / Double(inputs * 12).squareRoot()
    weight = try Tensor.uniform([outputs, inputs, 12], in: -bound..<bound).requiringGradient()
    bias = try Tensor.uniform([outputs], in: -bound..<bound).requiringGradient()
  }

  var parameters: [(name: String, tensor: Tensor)] { [("weight", weight), ("bias", bias)] }

  /// x [N, inputs, 12] gives [N, outputs, 12].
  func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try Tensor.cat([x, x.slice(2, 0..<11)], along: 2).conv1d(weight: weight, bias: bias)
  }
}
