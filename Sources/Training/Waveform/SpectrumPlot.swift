// The mean spectrum of a sound.
import Foundation

/// The mean power of each bin over all windows.
struct SpectrumPlot: Picture {
  private let levels: [Double]
  private let binWidth: Double
  private let title: String

  init(_ analyzer: WaveformAnalyzer, title: String) {
    let count = Double(max(1, analyzer.spectra))
    levels = analyzer.power.map { 10 * log10(max($0 / count, 1e-12)) }
    binWidth = analyzer.binWidth
    self.title = title
  }

  var height: Int { 420 }

  var csv: String {
    let rows = levels.enumerated().map { [TableText.number(Double($0.offset) * binWidth), decimals($0.element, 2)] }
    return TableText.lines([["hz", "db"]] + rows)
  }

  var script: String {
    // Below the first bins lies nothing that this window can tell apart.
    let rows = levels.enumerated().dropFirst().map { "\(Double($0.offset) * binWidth) \(decimals($0.element, 2))" }
    let top = ((levels.max() ?? 0) / 10).rounded(.up) * 10
    let highest = Double(levels.count - 1) * binWidth
    return """
      $spectrum << EOD
      \(rows.joined(separator: "\n"))
      EOD
      \(PictureStyle.axes)
      set tmargin 3
      set label 1 \(Gnuplot.quoted("mean spectrum of " + PictureStyle.shortened(title, 60))) at graph 0,1.05 font ',11'
      set logscale x
      set xrange [\(max(20, binWidth)):\(min(20_000, highest))]
      set xtics ('20' 20, '50' 50, '100' 100, '200' 200, '500' 500, '1k' 1000, '2k' 2000)
      set xtics add ('5k' 5000, '10k' 10000, '20k' 20000)
      set yrange [\(top - 100):\(top)]
      set ytics 20
      set xlabel 'frequency (Hz)' offset 0,0.4
      set ylabel 'dB below a full-scale sine'
      unset key
      plot $spectrum with filledcurves y=\(top - 100) lc rgb '#9CC7E4', \
        $spectrum with lines lw 1.2 lc rgb '\(PictureStyle.first)'

      """
  }
}
