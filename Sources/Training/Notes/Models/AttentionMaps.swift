// Where a network looked, for pictures.

/// The weights of attention over a window: for each query the shares, with sum 1, of the keys that it looked at.
struct AttentionMaps: Sendable {
  let layers: Int
  let rows: Int
  let heads: Int
  let steps: Int
  /// [layers, rows, heads, steps (queries), steps (keys)], row-major.
  let values: [Float]

  /// One picture: [steps (queries), steps (keys)], row-major.
  func map(layer: Int, row: Int, head: Int) -> ArraySlice<Float> {
    let first = ((layer * rows + row) * heads + head) * steps * steps
    return values[first..<first + steps * steps]
  }
}
