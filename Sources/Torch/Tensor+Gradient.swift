// Gradients: which tensors have one, computing them, and changing parameters without recording.
import CTorch

extension Tensor {
  /// Makes this tensor a parameter (or no longer one) and returns it.
  @discardableResult
  public func requiringGradient(_ required: Bool = true) throws(TorchError) -> Tensor {
    try perform("requires_grad") { ctorch_require_gradient(handle, required, $0) }
    return self
  }

  /// Adds the gradient of this scalar to that of each parameter it was computed from, and frees the graph.
  public func backward() throws(TorchError) {
    try perform("backward") { ctorch_backward(handle, $0) }
  }

  /// A copy of the gradient; zeros when there is none.
  public func gradient() throws(TorchError) -> Tensor {
    try Tensor.make("gradient") { ctorch_gradient(handle, $0) }
  }

  /// Forgets the gradient.
  public func zeroGradient() throws(TorchError) {
    try perform("zero_grad") { ctorch_zero_gradient(handle, $0) }
  }

  /// The same values outside the graph: no gradient flows through the result.
  public func detached() throws(TorchError) -> Tensor {
    try Tensor.make("detach") { ctorch_detach(handle, $0) }
  }

  /// In place and unrecorded: self += weight · (source - self). Weight 1 copies exactly.
  public func blend(with source: Tensor, weight: Double = 1) throws(TorchError) {
    try perform("blend") { ctorch_blend(handle, source.handle, weight, $0) }
  }
}

/// Runs `body` on this thread without recording gradients, which saves the graph's memory and time.
public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
  let before = ctorch_record_gradients(false)
  defer { _ = ctorch_record_gradients(before) }
  return try body()
}
