// Rearranges a weight matrix so that the kernels read it front to back.

/// A row-major matrix [rows, columns] as panels of 16 rows, each [columns, 16], the last one padded with zeros.
struct PackedPanels {
  let weights: AlignedFloats
  let bias: AlignedFloats

  init(_ matrix: [Float], rows: Int, columns: Int, bias: [Float]) {
    let panel = 16
    weights = AlignedFloats(count: rows.roundedUpToPanel * columns)
    self.bias = AlignedFloats(count: rows.roundedUpToPanel)
    for row in 0..<rows {
      let start = row / panel * panel * columns + row % panel
      for column in 0..<columns { weights.pointer[start + column * panel] = matrix[row * columns + column] }
      self.bias.pointer[row] = bias[row]
    }
  }
}
