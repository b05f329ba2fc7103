// Softmax: scores to probabilities.
import Foundation

/// Replaces logits by exp(logit / temperature), normalised to the sum 1. The largest logit is taken off first, so that
/// nothing overflows. Neither allocates nor locks.
public func softmax(_ logits: UnsafeMutableBufferPointer<Float>, temperature: Float = 1) {
  guard let largest = logits.max() else { return }
  var sum: Float = 0
  for index in logits.indices {
    logits[index] = exp((logits[index] - largest) / temperature)
    sum += logits[index]
  }
  for index in logits.indices { logits[index] /= sum }
}
