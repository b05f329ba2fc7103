// Sums, means, maxima and logarithms of sums.
import CTorch

extension Tensor {
  private func reduce(
    _ op: ctorch_reduce_op, _ name: String, _ dimensions: [Int], _ keep: Bool
  ) throws(TorchError) -> Tensor {
    let over = dimensions.map(Int64.init)
    return try Tensor.make(name) { ctorch_reduce(op, handle, over, over.count, keep, $0) }
  }

  /// The sum over `dimensions` (all of them when empty; negative ones count from the last).
  public func sum(over dimensions: [Int] = [], keep: Bool = false) throws(TorchError) -> Tensor {
    try reduce(CTORCH_SUM, "sum", dimensions, keep)
  }
  /// The mean over `dimensions`.
  public func mean(over dimensions: [Int] = [], keep: Bool = false) throws(TorchError) -> Tensor {
    try reduce(CTORCH_MEAN, "mean", dimensions, keep)
  }
  /// The largest element over `dimensions`.
  public func max(over dimensions: [Int] = [], keep: Bool = false) throws(TorchError) -> Tensor {
    try reduce(CTORCH_MAX, "max", dimensions, keep)
  }
  /// The logarithm of the sum of exponentials over `dimensions`, computed without overflow.
  public func logSumExp(over dimensions: [Int] = [], keep: Bool = false) throws(TorchError) -> Tensor {
    try reduce(CTORCH_LOGSUMEXP, "logsumexp", dimensions, keep)
  }

  /// The index of the largest element along `dimension`, as Int64.
  public func argmax(over dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.make("argmax") { ctorch_argmax(handle, Int64(dimension), $0) }
  }

  /// x - logsumexp(x) along `dimension`.
  public func logSoftmax(over dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.make("log_softmax") { ctorch_log_softmax(handle, Int64(dimension), $0) }
  }

  /// exp(x) / sum(exp(x)) along `dimension`; a slice of -infinity alone gives no numbers.
  public func softmax(over dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.make("softmax") { ctorch_softmax(handle, Int64(dimension), $0) }
  }

  /// The means of consecutive runs of rows: self [N, c] and `lengths` with sum N, none 0, give [lengths.count, c].
  ///
  /// - Complexity: one product of a [lengths.count, N] matrix with self.
  public func segmentMean(lengths: [Int]) throws(TorchError) -> Tensor {
    let lengths = try Tensor(lengths.map(Int64.init))
    return try Tensor.make("segment mean") { ctorch_segment_mean(handle, lengths.handle, $0) }
  }
}
