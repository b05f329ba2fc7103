// A long short-term memory layer.
import CKernels

/// One layer of `torch.nn.LSTM`, a step at a time:
/// i, f, g, o = W_ih x + W_hh h + bias; c' = σ(f) c + σ(i) tanh(g); h' = σ(o) tanh(c').
///
/// Immutable after `init`, so that any number of states on any threads share one layer.
public struct LSTMLayer: Sendable {
  public let inputs: Int
  public let units: Int
  private let weights: AlignedWeights
  private let bias: AlignedWeights
  private let instructions: Int32

  /// - Parameters:
  ///   - inputWeights: W_ih [4 · units, inputs], row-major, the gates in the order i, f, g, o.
  ///   - hiddenWeights: W_hh [4 · units, units].
  ///   - bias: [4 · units], the sum of PyTorch's two.
  ///   - precision: how the weights are kept.
  public init(
    inputs: Int, units: Int, inputWeights: [Float], hiddenWeights: [Float], bias: [Float],
    precision: WeightPrecision = .float32, instructions: KernelInstructions = .best
  ) {
    precondition(inputs > 0 && units > 0, "a layer has inputs and units")
    precondition(inputWeights.count == 4 * units * inputs, "input weights fit the layer's shape")
    precondition(hiddenWeights.count == 4 * units * units, "hidden weights fit the layer's shape")
    precondition(bias.count == 4 * units, "the bias fits the layer's shape")
    self.inputs = inputs
    self.units = units
    self.instructions = instructions.rawValue
    weights = AlignedWeights(
      PackedPanels.gates([(inputWeights, inputs), (hiddenWeights, units)], units: units), precision: precision)
    self.bias = AlignedWeights(PackedPanels.gates([(bias, 1)], units: units), precision: .float32)
  }

  /// Computes one step from `input` [inputs]; the result is `state.hidden`. The input may be another state's `hidden`.
  public func process(_ input: UnsafePointer<Float>, _ state: LSTMState) {
    precondition(state.units == units, "the state is one of this layer")
    neural_lstm(
      instructions, weights.isHalf, weights.pointer,
      bias.pointer.assumingMemoryBound(to: Float.self), input, state.hidden, state.cell, state.next,
      Int32(inputs), Int32(units))
    state.turn()
  }
}
