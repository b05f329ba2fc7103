// What an LSTM layer remembers of one sequence.

/// Hidden state and cell of one LSTM layer for one listener or player. For one thread at a time; all memory is taken in
/// `init`.
public final class LSTMState {
  public let units: Int
  /// The hidden state after the last step, which is the layer's output, [units]. Valid until the step after the next.
  public var hidden: UnsafePointer<Float> { UnsafePointer(current) }
  /// [units], padded to a whole panel, as are the two that take turns as hidden state.
  let cell: UnsafeMutablePointer<Float>
  /// Where the next step writes its hidden state.
  private(set) var next: UnsafeMutablePointer<Float>
  private var current: UnsafeMutablePointer<Float>
  private let padded: Int
  private let storage: AlignedFloats

  /// A state of zeros for layers of `units` units.
  public init(units: Int) {
    self.units = units
    padded = units.roundedUpToPanel
    storage = AlignedFloats(count: 3 * padded)
    cell = storage.pointer
    current = cell + padded
    next = current + padded
  }

  /// Back to zeros: the beginning of a sequence.
  public func reset() {
    cell.update(repeating: 0, count: padded)
    current.update(repeating: 0, count: padded)
  }

  /// Takes over the state of another sequence in a layer of the same size.
  public func copy(from other: LSTMState) {
    precondition(other.units == units, "states of the same layer")
    cell.update(from: other.cell, count: padded)
    current.update(from: other.current, count: padded)
  }

  /// Makes what was written to `next` the hidden state.
  func turn() { (current, next) = (next, current) }
}
