// One LSTM layer over whole sequences.
import CTorch

/// A long short-term memory layer (Hochreiter and Schmidhuber 1997, with forget gates) as `torch.nn.LSTM` has it.
///
/// Gates are in the order input, forget, cell, output; one bias stands for the sum of PyTorch's two.
public struct LSTMLayer: Module {
  /// The state between two steps, [batch, hidden] each.
  public struct State {
    /// The output of the step before.
    public var hidden: Tensor
    /// The memory cells.
    public var cell: Tensor

    /// Makes a state from its two halves.
    public init(hidden: Tensor, cell: Tensor) {
      self.hidden = hidden
      self.cell = cell
    }

    /// The same state outside the graph, where truncated back-propagation ends.
    public func detached() throws(TorchError) -> State {
      State(hidden: try hidden.detached(), cell: try cell.detached())
    }
  }

  private let weightIH, weightHH, bias: Tensor
  private let hiddenCount: Int

  /// A layer with random weights, uniform within ±1/√hidden; the forget gates start open (bias 1).
  public init(inputs: Int, hidden: Int) throws(TorchError) {
    let bound = 1 / Double(hidden).squareRoot()
    weightIH = try Tensor.uniform([4 * hidden, inputs], in: -bound..<bound).requiringGradient()
    weightHH = try Tensor.uniform([4 * hidden, hidden], in: -bound..<bound).requiringGradient()
    let start = (0..<4 * hidden).map { $0 / hidden == 1 ? Float(1) : 0 }
    bias = try Tensor(start).requiringGradient()
    hiddenCount = hidden
  }

  /// A layer of given weights: [4 hidden, inputs], [4 hidden, hidden] and [4 hidden].
  public init(weightIH: Tensor, weightHH: Tensor, bias: Tensor) {
    self.weightIH = weightIH
    self.weightHH = weightHH
    self.bias = bias
    hiddenCount = weightHH.shape.last ?? 0
  }

  /// weight_ih [4 hidden, inputs], weight_hh [4 hidden, hidden], bias [4 hidden].
  public var parameters: [(name: String, tensor: Tensor)] {
    [("weight_ih", weightIH), ("weight_hh", weightHH), ("bias", bias)]
  }

  /// The state before anything was heard.
  public func start(batch: Int) throws(TorchError) -> State {
    State(hidden: try Tensor.zeros([batch, hiddenCount]), cell: try Tensor.zeros([batch, hiddenCount]))
  }

  /// Runs over `x` [steps, batch, inputs] and moves `state` on.
  ///
  /// - Parameter keep: [steps, batch], 1, or 0 where a new sequence begins and the state is cleared before the step.
  /// - Returns: the outputs [steps, batch, hidden].
  public func callAsFunction(_ x: Tensor, state: inout State, keep: Tensor) throws(TorchError) -> Tensor {
    var (y, hidden, cell): (OpaquePointer?, OpaquePointer?, OpaquePointer?)
    try perform("lstm") {
      ctorch_lstm(
        x.handle, state.hidden.handle, state.cell.handle, weightIH.handle, weightHH.handle, bias.handle, keep.handle,
        &y, &hidden, &cell, $0)
    }
    guard let y, let hidden, let cell else { throw TorchError("lstm: libtorch made no result") }
    state = State(hidden: Tensor(owning: hidden), cell: Tensor(owning: cell))
    return Tensor(owning: y)
  }
}
