// The gnuplot program that draws an analysis: a chromagram with the scale track over it.
import Foundation
import Music

/// Writes gnuplot commands with their data inline, so that nothing else has to be read.
struct ChromagramScript {
  /// The widest a heat map gets, columns; a longer file is averaged down to it.
  static let mostColumns = 1500

  let result: AnalysisResult
  let isSVG: Bool

  /// The program; gnuplot writes the picture to its standard output.
  var text: String {
    let columns = self.columns
    let duration = max(result.duration, 0.001)
    let columnSeconds = columns.isEmpty ? duration : duration / Double(columns.count)
    var lines = [
      "set terminal \(isSVG ? "svg" : "pngcairo") size 1400,560 font 'Sans,11' noenhanced background 'white'",
      "set encoding utf8",
      "set title \(quoted("\(result.file): \(result.naming.name(result.whole.scale))"))",
      "set xlabel 'seconds'",
      "set xrange [0:\(duration)]",
      "set yrange [-0.5:12.7]",
      "set cbrange [0:1]",
      "set cblabel 'chroma'",
      "set ytics scale 0 (" + PitchClass.all.map { "\(quoted("\($0)")) \($0.rawValue)" }.joined(separator: ", ") + ")",
      "set palette defined (0 '#0b0924', 0.3 '#4a1079', 0.6 '#b5367a', 0.85 '#fb8761', 1 '#fcfdbf')",
    ]
    lines += labels(duration: duration)
    lines += ["$chroma << EOD"] + matrix(columns) + ["EOD"]
    lines += ["$degrees << EOD"] + track { $0.pitchClasses.map(\.rawValue).sorted() } + ["EOD"]
    lines += ["$tonics << EOD"] + track { [$0.tonic.rawValue] } + ["EOD"]
    lines.append(
      "plot $chroma matrix using (($1+0.5)*\(columnSeconds)):2:3 with image notitle, "
        + "$degrees using 1:2 with lines lw 1 lc rgb '#6fd0ff' notitle, "
        + "$tonics using 1:2 with lines lw 4 lc rgb '#19e3ff' notitle")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Chroma averaged down to at most `mostColumns` columns.
  private var columns: [SIMD16<Float>] {
    let steps = result.steps
    let count = min(steps.count, Self.mostColumns)
    return (0..<count).map { column in
      let range = (column * steps.count / count)..<((column + 1) * steps.count / count)
      return steps[range].reduce(SIMD16<Float>.zero) { $0 + $1.chroma } / Float(range.count)
    }
  }

  private func matrix(_ columns: [SIMD16<Float>]) -> [String] {
    (0..<12).map { row in
      columns.isEmpty ? "0 0" : columns.map { JSONText.number(Double($0[row])) }.joined(separator: " ")
    }
  }

  /// Horizontal lines, separated by empty lines, at the rows that `rows` names for each segment's scale.
  private func track(_ rows: (Scale) -> [Int]) -> [String] {
    let lines = result.segments.flatMap { segment -> [String] in
      guard let scale = segment.scale else { return [] }
      return rows(scale).flatMap { ["\(segment.start) \($0)", "\(segment.end) \($0)", ""] }
    }
    // gnuplot refuses an empty block: a line outside the picture stands in.
    return lines.isEmpty ? ["-2 -2", "-1 -2"] : lines
  }

  /// The names of the scales above the map; a segment that is too narrow for its name goes without.
  private func labels(duration: Double) -> [String] {
    result.segments.compactMap { segment in
      let name = result.naming.name(segment.scale)
      let widthNeeded = Double(name.count) * 0.0055 * duration
      guard segment.end - segment.start >= widthNeeded else { return nil }
      return "set label \(quoted(name)) at \(segment.start),12.1 left front"
    }
  }

  /// A string for gnuplot: in single quotes, which are doubled inside; no line can end in it.
  private func quoted(_ text: String) -> String {
    let oneLine = text.map { $0.isNewline ? " " : String($0) }.joined()
    return "'" + oneLine.replacing("'", with: "''") + "'"
  }
}
