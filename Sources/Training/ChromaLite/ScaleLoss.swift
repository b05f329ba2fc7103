// What training minimises: the surprise at the right classes, with smoothed labels.
import Torch

/// Loss over examples with one or more right classes.
enum ScaleLoss {
  /// −log of the summed probability of the right classes, one an example: logits and targets [N, classes] give [N].
  static func surprise(logits: Tensor, targets: Tensor) throws(TorchError) -> Tensor {
    try -(logits.logSoftmax(over: 1) + targets).logSumExp(over: [1])
  }

  /// The mean of (1 − smoothing) · surprise + smoothing · mean surprise over all classes.
  static func smoothed(logits: Tensor, targets: Tensor, smoothing: Double) throws(TorchError) -> Tensor {
    let logProbabilities = try logits.logSoftmax(over: 1)
    let right = try -(logProbabilities + targets).logSumExp(over: [1]).mean()
    let everything = try -logProbabilities.mean()
    return try right * (1 - smoothing) + everything * smoothing
  }
}
