// Attention of queries to ranges of keys.
import CTorch

extension Tensor {
  /// What attention gives: the weighted means of the values, and the weights.
  public struct Attended {
    /// [rows, steps, width of the values].
    public let values: Tensor
    /// [rows, heads, steps, keys], each row of keys with sum 1; no gradient flows through them.
    public let weights: Tensor
  }

  /// Multi-head attention of these queries [rows, steps, width] (Vaswani et al. 2017, "Attention is all you need"),
  /// each to a range of the keys: softmax((q · k + q · relative) / √width of a head) · values.
  ///
  /// Query t stands at key `keys - steps + t`: the steps are the last of the keys.
  ///
  /// - Parameters:
  ///   - keys: [rows, keys, width], no fewer than steps.
  ///   - values: [rows, keys, any width that `heads` divides].
  ///   - relative: a vector for each head and distance 0, 1, … back from the query, [heads, distances, width of a head]
  ///     (Shaw et al. 2018; Huang et al. 2019, "Music Transformer"). Nil when distances do not count.
  ///   - first: the first key that each query looks at, Int64 [rows, steps].
  ///   - last: the last one; not behind the query when distances count.
  /// - Complexity: rows · heads · steps · keys; only the weights are kept for the gradient.
  public func attention(
    keys: Tensor, values: Tensor, relative: Tensor? = nil, first: Tensor, last: Tensor, heads: Int
  ) throws(TorchError) -> Attended {
    var (y, weights): (OpaquePointer?, OpaquePointer?)
    try perform("attention") {
      ctorch_attention(
        handle, keys.handle, values.handle, relative?.handle, first.handle, last.handle, Int64(heads), &y, &weights, $0)
    }
    guard let y, let weights else { throw TorchError("attention: libtorch made no result") }
    return Attended(values: Tensor(owning: y), weights: Tensor(owning: weights))
  }
}
