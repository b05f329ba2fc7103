// A matrix as a grid of coloured cells with names on both axes.

/// gnuplot's script for a matrix, the first row at the top.
struct MatrixPlot {
  var values: [[Double]]
  var rows: [String]
  var columns: [String]
  var title: String
  var rowAxis: String
  var columnAxis: String
  var valueAxis: String
  /// The largest value of the colours; the matrix's own when nil.
  var largest: Double?
  var palette = PictureStyle.viridis
  /// Whether the cells say their values in percent.
  var showsPercent = false

  /// The most names that fit on an axis.
  private static let mostNames = 40

  /// Some of the names: all, or every n-th.
  private static func tics(_ names: [String]) -> String {
    let step = max(1, (names.count + mostNames - 1) / mostNames)
    return PictureStyle.tics(
      names.indices.filter { $0 % step == 0 && !names[$0].isEmpty }.map { (names[$0], Double($0)) })
  }

  var script: String {
    let cells = values.map { $0.map(TableText.number).joined(separator: " ") }.joined(separator: "\n")
    let isLong = columns.count > 16 || columns.contains { $0.count > 3 }
    var script = """
      $matrix << EOD
      \(cells.isEmpty ? "0" : cells)
      EOD
      set title \(Gnuplot.quoted(title)) font ',12'
      set xlabel \(Gnuplot.quoted(columnAxis))
      set ylabel \(Gnuplot.quoted(rowAxis))
      set cblabel \(Gnuplot.quoted(valueAxis))
      set tics out nomirror scale 0.4 font ',9'
      set xtics (\(Self.tics(columns)))\(isLong ? " rotate by 90 right" : "")
      set ytics (\(Self.tics(rows)))
      set xrange [-0.5:\(Double(columns.count) - 0.5)]
      set yrange [\(Double(rows.count) - 0.5):-0.5]
      set cbrange [0:\(largest.map { "\($0)" } ?? "*")]
      set border lc rgb '#444444'
      \(palette)
      unset key
      plot $matrix matrix with image
      """
    if showsPercent {
      let labels = values.enumerated().flatMap { row, cells in
        cells.enumerated().filter { $0.element >= 0.005 }.map { column, value in
          // White on dark cells.
          "\(column) \(row) \(decimals(100 * value, 0)) \(value > 0.5 * (largest ?? 1) ? 0xFFFFFF : 0x222222)"
        }
      }
      script = "$cells << EOD\n\(labels.joined(separator: "\n"))\nEOD\n" + script
      if !labels.isEmpty { script += ", $cells using 1:2:3:4 with labels font ',9' tc rgb variable" }
    }
    return script + "\n"
  }

  /// The matrix with its names.
  func csv(corner: String) -> String {
    let header = [corner] + columns.map(TableText.field)
    return TableText.lines(
      [header] + zip(rows, values).map { name, cells in [TableText.field(name)] + cells.map(TableText.number) })
  }
}
