// Views, joins and selections.
import CTorch

extension Tensor {
  /// The same elements in another shape; one size may be -1 and follows from the others.
  public func reshape(_ shape: [Int]) throws(TorchError) -> Tensor {
    let sizes = shape.map(Int64.init)
    return try Tensor.make("reshape") { ctorch_reshape(handle, sizes, sizes.count, $0) }
  }

  /// Repeats dimensions of size 1 without copying; -1 keeps a dimension's size.
  public func expand(_ shape: [Int]) throws(TorchError) -> Tensor {
    let sizes = shape.map(Int64.init)
    return try Tensor.make("expand") { ctorch_expand(handle, sizes, sizes.count, $0) }
  }

  /// The dimensions in another order.
  public func permute(_ order: [Int]) throws(TorchError) -> Tensor {
    let order = order.map(Int64.init)
    return try Tensor.make("permute") { ctorch_permute(handle, order, order.count, $0) }
  }

  /// Joins tensors along an existing dimension.
  public static func cat(_ parts: [Tensor], along dimension: Int) throws(TorchError) -> Tensor {
    let handles = parts.map(\.handle)
    return try withExtendedLifetime(parts) { () throws(TorchError) in
      try make("cat") { ctorch_cat(handles, handles.count, Int64(dimension), $0) }
    }
  }

  /// Elements `range` of `dimension`, each `step`-th.
  public func slice(_ dimension: Int, _ range: Range<Int>, step: Int = 1) throws(TorchError) -> Tensor {
    try Tensor.make("slice") {
      ctorch_slice(handle, Int64(dimension), Int64(range.lowerBound), Int64(range.upperBound), Int64(step), $0)
    }
  }

  /// `dimension` the other way round.
  public func flipped(_ dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.make("flip") { ctorch_flip(handle, Int64(dimension), $0) }
  }

  /// The slices of `dimension` that `index` names (a vector of Int64), in its order.
  public func indexSelect(_ dimension: Int, _ index: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("index_select") { ctorch_index_select(handle, Int64(dimension), index.handle, $0) }
  }

  /// One element of `dimension` for each element of `index` (Int64, as many dimensions as self).
  public func gather(_ dimension: Int, _ index: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("gather") { ctorch_gather(handle, Int64(dimension), index.handle, $0) }
  }
}
