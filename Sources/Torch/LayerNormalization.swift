// Normalisation of each step's values to mean 0 and variance 1.
import CTorch

/// Layer normalisation (Ba, Kiros and Hinton 2016) over the last dimension, as `torch.nn.LayerNorm` has it.
public struct LayerNormalization: Module {
  private let weight, bias: Tensor
  private let epsilon: Double

  /// A layer that begins with weights 1 and a bias of zeros.
  public init(width: Int, epsilon: Double = 1e-5) throws(TorchError) {
    weight = try (Tensor.zeros([width]) + 1).requiringGradient()
    bias = try Tensor.zeros([width]).requiringGradient()
    self.epsilon = epsilon
  }

  /// weight [width], bias [width].
  public var parameters: [(name: String, tensor: Tensor)] { [("weight", weight), ("bias", bias)] }

  /// `x` [..., width] in the same shape.
  public func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor {
    try x.layerNormalized(weight: weight, bias: bias, epsilon: epsilon)
  }
}

extension Tensor {
  /// (x - mean) / √(variance + epsilon) · weight + bias over the last dimension, whose size weight and bias have.
  public func layerNormalized(weight: Tensor, bias: Tensor, epsilon: Double = 1e-5) throws(TorchError) -> Tensor {
    try Tensor.make("layer norm") { ctorch_layer_norm(handle, weight.handle, bias.handle, epsilon, $0) }
  }
}
