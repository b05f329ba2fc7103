// Softmax: scores to probabilities, and the logarithm of one of them.
import Foundation

/// Replaces logits by exp(logit / temperature), normalised to the sum 1. The largest logit is taken off first, so that
/// nothing overflows. Where logits are no numbers, as those of a model with absurd weights, all classes are alike: what
/// comes out is always probabilities. Neither allocates nor locks.
public func softmax(_ logits: UnsafeMutableBufferPointer<Float>, temperature: Float = 1) {
  guard let largest = logits.max() else { return }
  var sum: Float = 0
  for index in logits.indices {
    logits[index] = exp((logits[index] - largest) / temperature)
    sum += logits[index]
  }
  guard sum.isFinite else { return logits.update(repeating: 1 / Float(logits.count)) }
  for index in logits.indices { logits[index] /= sum }
}

/// Natural logarithm of the probability that softmax gives to class `index`: logit - log Σ exp(logits), summed in
/// 64-bit floats. Logits of -infinity are impossible classes. Neither allocates nor locks.
public func logProbability(of index: Int, logits: UnsafeBufferPointer<Float>) -> Double {
  guard let largest = logits.max(), largest > -.infinity else { return -.infinity }
  var sum = 0.0
  for logit in logits { sum += exp(Double(logit) - Double(largest)) }
  return Double(logits[index]) - Double(largest) - log(sum)
}
