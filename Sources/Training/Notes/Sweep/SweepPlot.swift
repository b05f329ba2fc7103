// The comparison of the trainings of a sweep as a picture.

/// gnuplot's script for validation bits by pass, and the best of each combination.
enum SweepPlot {
  /// Curves above, bars below; combinations that failed are left out.
  static func script(_ table: SweepTable) -> String {
    let rows = table.sorted.compactMap { row in row.outcome.map { (name: row.combination.name, outcome: $0) } }
    let blocks = rows.map { row in
      row.outcome.validation.enumerated().map { "\($0.offset + 1) \($0.element)" }.joined(separator: "\n")
    }
    let curves = rows.indices.map { place in
      "$curves index \(place) using 1:2 with linespoints linetype \(place + 1) title '\(rows[place].name)'"
    }
    let bars = rows.indices.map { "\($0) \(rows[$0].outcome.bestValidation) \($0 + 1)" }
    let highest = rows.map(\.outcome.bestValidation).max() ?? 1
    let passes = rows.map(\.outcome.validation.count).max() ?? 1
    let tics = rows.enumerated().map { "'\($0.element.name)' \($0.offset)" }.joined(separator: ", ")
    return """
      $curves << EOD
      \(blocks.joined(separator: "\n\n\n"))
      EOD
      $bars << EOD
      \(bars.joined(separator: "\n"))
      EOD
      set termoption noenhanced
      set multiplot layout 2,1
      set grid
      set key outside right
      set xlabel 'pass'
      set xrange [0.5:\(passes).5]
      set xtics 1,\(max(1, (passes + 9) / 10))
      set ylabel 'validation bits a note'
      plot \(curves.joined(separator: ", \\\n  "))
      unset key
      unset xlabel
      set ylabel 'best validation bits a note'
      set boxwidth 0.7
      set style fill solid 0.8
      set xrange [-0.7:\(Double(rows.count) - 0.3)]
      set yrange [0:\(1.15 * highest)]
      set xtics (\(tics)) rotate by -25
      plot $bars using 1:2:3 with boxes linecolor variable, \
        $bars using 1:2:(sprintf('%.3f', $2)) with labels offset 0,0.6
      unset multiplot

      """
  }
}
