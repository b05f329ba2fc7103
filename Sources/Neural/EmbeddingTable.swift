// A table of vectors, one a class.

/// Rows of floats that are looked up by class and added to an activation.
///
/// Immutable after `init`; any thread. Only one row is read a step, so that the rows stay 32-bit floats.
public struct EmbeddingTable: @unchecked Sendable {  // The rows are only read after init.
  public let rows: Int
  public let width: Int
  private let values: AlignedFloats

  /// - Parameter values: [rows, width], row-major.
  public init(rows: Int, width: Int, values: [Float]) {
    precondition(rows > 0 && width > 0 && values.count == rows * width, "values fit the table's shape")
    self.rows = rows
    self.width = width
    self.values = AlignedFloats(padding: values)
  }

  /// Adds row `row` to `activation` [width].
  public func add(row: Int, to activation: UnsafeMutablePointer<Float>) {
    precondition(row >= 0 && row < rows, "the table has such a row")
    let vector = values.pointer + row * width
    for index in 0..<width { activation[index] += vector[index] }
  }
}
