// The temperature that makes probabilities mean what they say.
import Foundation
import Torch

/// Temperature scaling (Guo et al. 2017): one number that all logits are divided by.
enum Calibration {
  /// The temperature in 0.1...10 with the least surprise over the examples: golden-section search in its logarithm.
  ///
  /// Logits and targets are [N, classes]; the surprise is convex in 1 / temperature for one right class an example.
  static func temperature(logits: Tensor, targets: Tensor) throws(TorchError) -> Double {
    func loss(_ logTemperature: Double) throws(TorchError) -> Double {
      try ScaleLoss.surprise(logits: logits / exp(logTemperature), targets: targets).mean().item()
    }
    let golden = (5.0.squareRoot() - 1) / 2
    var low = log(0.1)
    var high = log(10.0)
    var left = high - golden * (high - low)
    var right = low + golden * (high - low)
    var leftLoss = try loss(left)
    var rightLoss = try loss(right)
    for _ in 0..<24 {
      if leftLoss < rightLoss {
        (high, right, rightLoss) = (right, left, leftLoss)
        left = high - golden * (high - low)
        leftLoss = try loss(left)
      } else {
        (low, left, leftLoss) = (left, right, rightLoss)
        right = low + golden * (high - low)
        rightLoss = try loss(right)
      }
    }
    return exp((low + high) / 2)
  }
}
