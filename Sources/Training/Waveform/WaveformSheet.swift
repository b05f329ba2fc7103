// A sound on one sheet: waveform, spectrogram, chroma and level over the same time.
import Foundation
import Music

/// The picture of a sound.
struct WaveformSheet: Picture {
  /// More onsets than this cannot be told apart in the width of the sheet; their rate is drawn then.
  private static let mostMarks = 250
  /// Steps of the onset rate.
  private static let rateSteps = 60
  /// The range of levels that is drawn, dB.
  private static let depth = 70.0

  private let columns: [WaveformColumn]
  private let frequencies: [Double]
  private let onsets: [WaveformAnalyzer.Onset]
  private let labels: [Double]
  private let start: Double
  private let seconds: Double
  /// Seconds that a column spans.
  private let columnWidth: Double
  private let report: WaveformReport
  private let title: String

  init(_ analyzer: WaveformAnalyzer, report: WaveformReport, labels: [Double], title: String) {
    columns = Self.filled(analyzer.columns.columns)
    frequencies = analyzer.display.frequencies
    onsets = analyzer.onsets
    self.labels = OnsetScore.joined(labels)
    start = analyzer.start
    seconds = analyzer.seconds
    columnWidth = Double(analyzer.columns.span * analyzer.hop) / analyzer.rate
    self.report = report
    self.title = title
  }

  var height: Int { 1120 }

  /// Chroma comes less often than short columns, and the last window ends before the sound: what is missing is held.
  private static func filled(_ columns: [WaveformColumn]) -> [WaveformColumn] {
    var last = WaveformColumn()
    return columns.map { column in
      var column = column
      if column.chromaFrames == 0 { (column.chroma, column.chromaFrames) = (last.chroma, last.chromaFrames) }
      if column.spectra == 0 { (column.bands, column.spectra) = (last.bands, last.spectra) }
      last = column
      return column
    }
  }

  private func time(_ column: Int) -> Double { start + (Double(column) + 0.5) * columnWidth }

  /// dBFS, or dB below a full-scale sine, not below -120.
  private static func decibels(_ power: Double) -> Double { 10 * log10(max(power, 1e-12)) }

  private func rms(_ column: WaveformColumn) -> Double {
    Self.decibels(column.energy / Double(max(1, column.samples)))
  }

  private func peak(_ column: WaveformColumn) -> Double {
    let size = Double(max(abs(column.low), abs(column.high)))
    return Self.decibels(size * size)
  }

  private func bands(_ column: WaveformColumn) -> [Double] {
    guard !column.bands.isEmpty else { return Array(repeating: -120, count: frequencies.count) }
    return column.bands.map { Self.decibels(pow(Double($0) / Double(max(1, column.spectra)), 2)) }
  }

  private func chroma(_ column: WaveformColumn) -> [Double] {
    column.chroma.map { Double($0) / Double(max(1, column.chromaFrames)) }
  }

  /// A line for each column: extremes, levels and chroma.
  var csv: String {
    let names = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"].map { "chroma_\($0)" }
    let rows = columns.enumerated().map { place, column in
      ([time(place), Double(column.low), Double(column.high), rms(column), peak(column)] + chroma(column))
        .map(TableText.number)
    }
    return TableText.lines([["seconds", "lowest", "highest", "rms_dbfs", "peak_dbfs"] + names] + rows)
  }

  var tables: [(suffix: String, text: String)] {
    let spectrogram = columns.enumerated().map { place, column in
      [TableText.number(time(place))] + bands(column).map { decimals($0, 1) }
    }
    let marks = onsets.map { [decimals($0.time, 4), TableText.number(Double($0.strength))] }
    return [
      ("-spectrogram", TableText.lines([["seconds"] + frequencies.map { "\(decimals($0, 1))_hz" }] + spectrogram)),
      ("-onsets", TableText.lines([["seconds", "strength"]] + marks)),
    ]
  }

  private var showsMarks: Bool { max(onsets.count, labels.count) <= Self.mostMarks }

  var script: String {
    """
    \(PictureStyle.axes)
    \(PictureStyle.viridis)
    set multiplot
    set lmargin screen 0.085
    set rmargin screen 0.9
    set xrange [\(start):\(start + max(seconds, 1e-3))]
    set format x ''
    unset key
    set label 1 \(Gnuplot.quoted(PictureStyle.shortened(title, 70))) at screen 0.085,0.983 font ',13'
    set label 2 \(Gnuplot.quoted(summary)) at screen 0.085,0.963 font ',9' tc rgb '\(PictureStyle.quiet)'

    """ + waveform + spectrogram + chromagram + level + "unset multiplot\n"
  }

  private var summary: String {
    let figures = [
      report.peak.map { "peak \(decimals($0, 1)) dBFS" }, report.loudness.map { "loudness \(decimals($0, 1)) LUFS" },
      "\(report.onsets) onsets (\(decimals(report.onsetsASecond, 2)) a second)",
      report.tempo.map { "tempo \(decimals($0, 0)) a minute" },
      report.labels.map { "F-measure \(decimals($0.fMeasure, 3)) within 50 ms" },
    ]
    return figures.compactMap(\.self).joined(separator: "   ")
  }

  /// Sets the place of a panel, in parts of the height from below, and its heading.
  private func place(_ bottom: Double, _ top: Double, _ heading: String) -> String {
    """
    set bmargin screen \(bottom)
    set tmargin screen \(top)
    unset label
    set label 1 \(Gnuplot.quoted(heading)) at graph 0,screen \(top + 0.011) font ',10'

    """
  }

  private var waveform: String {
    let rows = columns.enumerated().map { place, column in
      let size = pow(10, rms(column) / 20)
      return [time(place), Double(column.low), Double(column.high), -size, size].map(TableText.number)
        .joined(separator: " ")
    }
    let limit = max(1e-4, columns.map { Double(max(-$0.low, $0.high)) }.max() ?? 1)
    var heading = "waveform (light: extremes, dark: RMS)"
    var marks = ""
    if showsMarks {
      if !onsets.isEmpty {
        heading += "; onsets found above"
        marks += ", $onsets using 1:(\(1.12 * limit)):(0):(\(0.22 * limit)) with vectors nohead lw 1.3 lc rgb "
          + "'\(PictureStyle.second)'"
      }
      if !labels.isEmpty {
        heading += ", labelled below"
        marks += ", $labels using 1:(\(-1.34 * limit)):(0):(\(0.22 * limit)) with vectors nohead lw 1.3 lc rgb "
          + "'#009E73'"
      }
    }
    // The title of the sheet was set before; it is drawn with the first plot.
    return """
      $wave << EOD
      \(rows.joined(separator: "\n"))
      EOD
      \(list("onsets", showsMarks ? onsets.map(\.time) : []))
      \(list("labels", showsMarks ? labels : []))
      set bmargin screen 0.775
      set tmargin screen 0.925
      set label 3 \(Gnuplot.quoted(heading)) at graph 0,screen 0.936 font ',10'
      set yrange [\(-1.4 * limit):\(1.4 * limit)]
      set ylabel 'amplitude' offset 0.5,0
      plot $wave using 1:2:3 with filledcurves lc rgb '#9CC7E4', \
      $wave using 1:4:5 with filledcurves lc rgb '\(PictureStyle.first)'\(marks)

      """
  }

  private func list(_ name: String, _ times: [Double]) -> String {
    "$\(name) << EOD\n" + (times.isEmpty ? "NaN" : times.map { decimals($0, 4) }.joined(separator: "\n")) + "\nEOD"
  }

  /// A matrix with a column for each column of the sheet.
  private func matrix(_ name: String, _ columns: [[Double]], _ rows: Int) -> String {
    let lines = (0..<rows).map { row in columns.map { decimals($0[row], 2) }.joined(separator: " ") }
    return "$\(name) << EOD\n" + lines.joined(separator: "\n") + "\nEOD\n"
  }

  private var image: String { "using (\(start + columnWidth / 2)+$1*\(columnWidth)):2:3 with image" }

  private var spectrogram: String {
    let values = columns.map(bands)
    let top = max(-100, (values.lazy.flatMap(\.self).max() ?? 0) / 10).rounded(.up) * 10
    let tics = [50, 100, 200, 500, 1000, 2000, 5000, 10000].map { hertz in
      (label: hertz < 1000 ? "\(hertz)" : "\(hertz / 1000)k", place: 12 * log2(Double(hertz) / BandFilters.lowest))
    }
    let data = matrix("spectrogram", values, frequencies.count)
    return data + place(0.48, 0.725, "spectrogram, a band each semitone") + """
      set grid noxtics noytics
      set yrange [-0.5:\(Double(frequencies.count) - 0.5)]
      set ytics (\(PictureStyle.tics(tics.filter { $0.place < Double(frequencies.count) })))
      set ylabel 'frequency (Hz)'
      set cbrange [\(top - Self.depth):\(top)]
      set colorbox user origin 0.915,0.48 size 0.015,0.245
      set cbtics 10 font ',9'
      set label 2 'dB' at screen 0.915,0.736 font ',9'
      plot $spectrogram matrix \(image)

      """
  }

  private var chromagram: String {
    let names = PitchClass.all.map { (label: "\($0)", place: Double($0.rawValue)) }
    return matrix("chroma", columns.map(chroma), 12) + place(0.245, 0.43, "chroma, as the daemon hears it") + """
      set yrange [-0.5:11.5]
      set ytics (\(PictureStyle.tics(names)))
      set ylabel 'pitch class'
      set cbrange [0:1]
      set colorbox user origin 0.915,0.245 size 0.015,0.185
      set cbtics 0.25
      unset label 2
      plot $chroma matrix \(image)

      """
  }

  private var level: String {
    let rows = columns.enumerated().map { place, column in
      [time(place), rms(column), peak(column)].map(TableText.number).joined(separator: " ")
    }
    var more = ""
    var plots = "$level using 1:3 with lines lw 1 lc rgb '#9CC7E4', $level using 1:2 with lines lw 1.5 lc rgb "
      + "'\(PictureStyle.first)'"
    var heading = "level (light: peak, dark: RMS)"
    if !showsMarks {
      heading += "; red: onsets found a second" + (labels.isEmpty ? "" : ", green: labelled")
      more = rates("found", onsets.map(\.time)) + "\n"
      plots += ", $found using 1:2 axes x1y2 with histeps lw 1.5 lc rgb '\(PictureStyle.second)'"
      if !labels.isEmpty {
        more += rates("labelled", labels) + "\n"
        plots += ", $labelled using 1:2 axes x1y2 with histeps lw 1.5 lc rgb '#009E73'"
      }
      more += """
        set y2range [0:*]
        set y2tics font ',9'
        set y2label 'onsets a second' offset -1,0 font ',10'
        set border 11

        """
    }
    return "$level << EOD\n" + rows.joined(separator: "\n") + "\nEOD\n" + place(0.055, 0.195, heading) + more + """
      set grid xtics ytics
      set yrange [\(-Self.depth - 10):3]
      set ytics -80,20,0
      set ylabel 'dBFS'
      set xlabel 'seconds' offset 0,0.4
      set format x '%g'
      plot \(plots)

      """
  }

  /// Onsets a second in equal steps of the time.
  private func rates(_ name: String, _ times: [Double]) -> String {
    let step = max(seconds, 1e-3) / Double(Self.rateSteps)
    var counts = Array(repeating: 0.0, count: Self.rateSteps)
    for time in times { counts[min(Self.rateSteps - 1, max(0, Int((time - start) / step)))] += 1 / step }
    let rows = counts.enumerated().map { "\(start + (Double($0.offset) + 0.5) * step) \($0.element)" }
    return "$\(name) << EOD\n" + rows.joined(separator: "\n") + "\nEOD"
  }
}
