// Rearranges weight matrices so that the kernels read them front to back.

/// Packing into panels of 16 outputs, the last panel padded with zeros.
enum PackedPanels {
  private static let panel = 16

  /// A row-major matrix [rows, columns] as [panels, columns, 16].
  static func rows(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
    var packed = [Float](repeating: 0, count: rows.roundedUpToPanel * columns)
    for row in 0..<rows {
      let start = row / panel * panel * columns + row % panel
      for column in 0..<columns { packed[start + column * panel] = matrix[row * columns + column] }
    }
    return packed
  }

  /// Four stacked row-major matrices [4 · units, columns] as [panels, columns, 4, 16]: the four gates of a unit side by
  /// side. A second matrix of the same rows continues each row of the first. A bias is a matrix of one column.
  static func gates(_ matrices: [(values: [Float], columns: Int)], units: Int) -> [Float] {
    let columns = matrices.reduce(0) { $0 + $1.columns }
    var packed = [Float](repeating: 0, count: 4 * units.roundedUpToPanel * columns)
    var first = 0
    for matrix in matrices {
      for gate in 0..<4 {
        for unit in 0..<units {
          let source = (gate * units + unit) * matrix.columns
          let target = (unit / panel * columns + first) * 4 * panel + gate * panel + unit % panel
          for column in 0..<matrix.columns { packed[target + column * 4 * panel] = matrix.values[source + column] }
        }
      }
      first += matrix.columns
    }
    return packed
  }
}
