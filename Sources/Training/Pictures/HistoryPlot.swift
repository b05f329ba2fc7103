// The picture of a training: losses and accuracy by epoch.

/// gnuplot's script for a history.
enum HistoryPlot {
  static func script(_ rows: [EpochFigures]) -> String {
    let lines = rows.map { "\($0.epoch + 1) \($0.trainLoss) \($0.validationLoss) \(100 * $0.validationAccuracy)" }
    return """
      $history << EOD
      \(lines.joined(separator: "\n"))
      EOD
      set xlabel 'epoch'
      set ylabel 'loss (nats)'
      set y2label 'validation accuracy (%)'
      set ytics nomirror
      set y2tics
      set key top right
      set grid
      plot $history using 1:2 with linespoints title 'training loss (smoothed labels)', \
        $history using 1:3 with linespoints title 'validation loss', \
        $history using 1:4 axes x1y2 with linespoints title 'validation accuracy'

      """
  }
}
