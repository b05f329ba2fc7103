// A moving average of the weights, which is what is evaluated and shipped.
import Torch

/// An exponential moving average of a network's parameters; it generalises better than the last step does.
struct WeightAverage {
  /// The averaged values, by name.
  private(set) var values: [String: Tensor]
  let decay: Double
  /// Updates so far: early on the average must forget the random start faster than `decay` says.
  private(set) var updates: Int

  /// Starts from the network's values.
  init(of network: some Module, decay: Double) throws(TorchError) {
    values = try network.copies()
    self.decay = decay
    updates = 0
  }

  /// Takes over the average of a checkpoint.
  init(values: [String: Tensor], decay: Double, updates: Int) {
    self.values = values
    self.decay = decay
    self.updates = updates
  }

  /// Moves the average towards the network's values.
  mutating func update(from network: some Module) throws(TorchError) {
    updates += 1
    let keep = min(decay, Double(1 + updates) / Double(10 + updates))
    for (name, tensor) in network.parameters { try values[name]?.blend(with: tensor, weight: 1 - keep) }
  }
}
