// Which class was taken for which.

/// A confusion matrix. Cells show the share of the truth's row.
public struct ConfusionMatrix: Picture {
  /// The most classes whose cells have room for numbers.
  private static let mostNumbers = 16

  private let counts: [[Int]]
  private let names: [String]
  private let title: String

  /// `counts[truth][answer]`, with one name for each class.
  public init(_ counts: [[Int]], names: [String], title: String) {
    (self.counts, self.names, self.title) = (counts, names, title)
  }

  /// Counts of 128 MIDI pitches, cut to the range that occurs.
  public static func pitches(_ counts: [[Int]], title: String) -> ConfusionMatrix {
    let used = counts.indices.filter { place in
      counts[place].contains { $0 > 0 } || counts.contains { place < $0.count && $0[place] > 0 }
    }
    let range = (used.first ?? 0)..<((used.last ?? 0) + 1)
    return ConfusionMatrix(
      counts.isEmpty ? [] : range.map { Array(counts[$0][range]) }, names: range.map(PitchName.of), title: title)
  }

  /// Counts of 128 MIDI pitches, folded to the twelve pitch classes.
  public static func pitchClasses(_ counts: [[Int]], title: String) -> ConfusionMatrix {
    var folded = Array(repeating: Array(repeating: 0, count: 12), count: 12)
    for (truth, row) in counts.enumerated() {
      for (answer, count) in row.enumerated() { folded[truth % 12][answer % 12] += count }
    }
    return ConfusionMatrix(folded, names: (0..<12).map { NoteFeature.pitchClass.label($0) }, title: title)
  }

  public var width: Int { 900 }
  public var height: Int { 800 }

  /// The counts: a row for each truth, a column for each answer.
  public var csv: String {
    plot(counts.map { $0.map(Double.init) }).csv(corner: "truth")
  }

  public var script: String {
    plot(
      counts.map { row in
        let total = max(1, row.reduce(0, +))
        return row.map { Double($0) / Double(total) }
      }
    ).script
  }

  private func plot(_ values: [[Double]]) -> MatrixPlot {
    MatrixPlot(
      values: values, rows: names, columns: names, title: title, rowAxis: "truth", columnAxis: "answer",
      valueAxis: names.count <= Self.mostNumbers ? "share of the truth's row (numbers: %)" : "share of the truth's row",
      largest: 1, palette: PictureStyle.blues, showsPercent: names.count <= Self.mostNumbers)
  }
}
