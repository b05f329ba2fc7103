// Where a model looked while it read a piece.

/// The weights of one head of attention: a row for each step that reads, a column for each step that is read.
public struct AttentionMap: Picture, Sendable {
  /// The share of the weights that the colours tell apart.
  private static let bright = 0.995

  private let plot: MatrixPlot

  /// - Parameters:
  ///   - weights: [steps, steps], each row with the sum 1 (0 where the model may not look).
  ///   - pitches: the MIDI pitch of each step, whose names stand on both axes.
  ///   - title: stands above.
  public init(_ weights: [[Float]], pitches: [Int], title: String) {
    let names = pitches.map(PitchName.of)
    let values = weights.map { $0.map { $0.isFinite ? Double($0) : 0 } }
    // The first notes have little to look at and weights near 1, beside which the others would be dark.
    let positive = values.joined().filter { $0 > 0 }.sorted()
    let largest = positive.isEmpty ? 1 : positive[Int(Double(positive.count - 1) * Self.bright)]
    plot = MatrixPlot(
      values: values, rows: names, columns: names, title: title, rowAxis: "note that looks (from the top)",
      columnAxis: "note that is looked at", valueAxis: "weight (brightest: this and more)", largest: largest)
  }

  public var height: Int { 820 }
  public var csv: String { plot.csv(corner: "step") }
  public var script: String { plot.script }
}
