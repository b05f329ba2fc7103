// The AdamW optimiser (Loshchilov and Hutter 2019, "Decoupled weight decay regularization").
import CTorch

/// Adam with decoupled weight decay over a fixed list of parameters, whose gradients `step` uses.
public final class AdamW {
  /// The optimiser's memory of one parameter.
  public struct State {
    /// Steps taken.
    public var step: Int
    /// Running mean of the gradient, in the parameter's shape.
    public var mean: Tensor
    /// Running mean of the squared gradient.
    public var square: Tensor

    /// Makes a state, as a checkpoint holds it.
    public init(step: Int, mean: Tensor, square: Tensor) {
      self.step = step
      self.mean = mean
      self.square = square
    }
  }

  private let handle: OpaquePointer
  private let parameterCount: Int

  /// Makes an optimiser that keeps the parameters alive.
  public init(
    _ parameters: [Tensor], rate: Double, weightDecay: Double, betas: (Double, Double) = (0.9, 0.999),
    epsilon: Double = 1e-8
  ) throws(TorchError) {
    let handles = parameters.map(\.handle)
    var message: UnsafeMutablePointer<CChar>?
    let made = withExtendedLifetime(parameters) {
      ctorch_adamw_make(handles, handles.count, rate, betas.0, betas.1, epsilon, weightDecay, &message)
    }
    guard let made else { throw TorchError.taking(message, "AdamW") }
    handle = made
    parameterCount = parameters.count
  }

  deinit { ctorch_adamw_free(handle) }

  /// Sets the learning rate and the weight decay of the steps to come.
  public func set(rate: Double, weightDecay: Double) throws(TorchError) {
    try perform("AdamW") { ctorch_adamw_set(handle, rate, weightDecay, $0) }
  }

  /// Moves each parameter that has a gradient by one step.
  public func step() throws(TorchError) {
    try perform("AdamW") { ctorch_adamw_step(handle, $0) }
  }

  /// Copies of the states in the parameters' order, for a checkpoint.
  public func states() throws(TorchError) -> [State] {
    var states: [State] = []
    for index in 0..<parameterCount {
      var step: Int64 = 0
      var mean: OpaquePointer?
      var square: OpaquePointer?
      try perform("AdamW") { ctorch_adamw_get_state(handle, index, &step, &mean, &square, $0) }
      guard let mean, let square else { throw TorchError("AdamW: the state of parameter \(index) is empty") }
      states.append(State(step: Int(step), mean: Tensor(owning: mean), square: Tensor(owning: square)))
    }
    return states
  }

  /// Takes over the states of a checkpoint, so that the next step is the one that would have followed.
  public func restore(_ states: [State]) throws(TorchError) {
    guard states.count == parameterCount else {
      throw TorchError("AdamW: \(states.count) states do not fit \(parameterCount) parameters")
    }
    for (index, state) in states.enumerated() {
      try perform("AdamW") {
        ctorch_adamw_set_state(handle, index, Int64(state.step), state.mean.handle, state.square.handle, $0)
      }
    }
  }
}
