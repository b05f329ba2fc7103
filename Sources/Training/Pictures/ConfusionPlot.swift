// The picture of which class was taken for which.

/// gnuplot's script for a confusion matrix.
enum ConfusionPlot {
  /// `counts[truth][answer]`, with one name for each class. Cells show the share of the truth's row.
  static func script(_ counts: [[Int]], names: [String], title: String) -> String {
    let rows = counts.map { row in
      let total = max(1, row.reduce(0, +))
      return row.map { String(Double($0) / Double(total)) }.joined(separator: " ")
    }
    let tics = names.enumerated().map { "\"\($0.element)\" \($0.offset)" }.joined(separator: ", ")
    return """
      $confusion << EOD
      \(rows.joined(separator: "\n"))
      EOD
      set title "\(title)"
      set xlabel 'answer'
      set ylabel 'truth'
      set xtics (\(tics)) rotate by 60 right
      set ytics (\(tics))
      set xrange [-0.5:\(Double(names.count) - 0.5)]
      set yrange [\(Double(names.count) - 0.5):-0.5]
      set cbrange [0:1]
      set palette defined (0 'white', 0.5 'skyblue', 1 'navy')
      unset key
      plot $confusion matrix with image

      """
  }
}
