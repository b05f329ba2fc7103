// A batch of examples of different lengths, laid end to end.
import Torch

/// What the network takes. No padding is stored: examples follow each other, so no work is done for steps that are not.
struct ChromaBatch {
  /// Mean of each step and the four before it, [total steps, bands · 12].
  let smoothed: Tensor
  /// Means of the raw features over all, the last and the first steps, [examples, 3 · bands · 12].
  let statistics: Tensor
  /// Steps of each example; their sum is the total.
  let lengths: [Int]
  /// 0 for the classes that are right for an example, -10⁹ for the others, [examples, classes].
  let targets: Tensor
}
