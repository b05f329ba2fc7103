// An evaluation as a table, as JSON and as a picture.
public import Foundation
import Music

extension ScaleEvaluation {
  /// Tables for a reader.
  public var text: String {
    var lines = ["\(samples) samples", "", "24 keys (forced choice)   2 s      4 s     30 s"]
    for kind in kinds {
      for condition in ["clean", "hard", "all"] {
        let cells = Self.readings.map {
          percent(share("keys24", seconds: $0.seconds, condition: condition, kind: kind))
        }
        if cells.contains(where: { !$0.hasSuffix("–") }) {
          lines.append(padded("\(kind), \(condition)", 21) + cells.joined(separator: " "))
        }
      }
    }
    lines += ["", "after 30 s                 clean     hard      all"]
    for kind in kinds { lines.append(contentsOf: row("exact", kind: kind, title: "exact, \(kind)")) }
    for family in ScaleFamily.allCases {
      lines.append(contentsOf: row("exact", family: family.rawValue, title: family.displayName))
    }
    for kind in kinds where kind != "all" {
      lines.append(contentsOf: row("none", kind: kind, title: "no scale, \(kind)"))
    }
    lines += [
      "", "expected calibration error        \(decimals(100 * calibrationError, 2)) %",
      "first stable right answer, median \(secondsToStable.map { decimals($0, 1) + " s" } ?? "–")"
        + " (not reached: \(decimals(100 * neverStable, 1)) %)",
      "changes of the shown scale        \(decimals(flipsAMinute, 2)) a minute", "",
    ]
    return lines.joined(separator: "\n")
  }

  /// The same figures as one JSON object.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Draws the confusions of the 24 keys and none.
  public func drawConfusion(to url: URL) throws(PictureError) {
    let modes: [(family: ScaleFamily, mark: String)] = [(.major, ""), (.naturalMinor, "m")]
    let names = modes.flatMap { mode in
      PitchClass.all.map { Scale(tonic: $0, family: mode.family).spelled()[0] + mode.mark }
    }
    try Gnuplot.draw(
      ConfusionMatrix(confusion, names: names + ["none"], title: "keys after 30 s").script, to: url, width: 900,
      height: 860)
  }

  private var kinds: [String] {
    ChromaSamples.Kind.allCases.map { "\($0)" }.filter { kind in figures.contains { $0.kind == kind } } + ["all"]
  }

  private func row(_ measure: String, kind: String = "all", family: String = "all", title: String) -> [String] {
    let shares = ["clean", "hard", "all"].map { share(measure, condition: $0, kind: kind, family: family) }
    guard shares.contains(where: { $0 != nil }) else { return [] }
    return [padded(title, 24) + shares.map(percent).joined(separator: " ")]
  }

  private func percent(_ share: Double?) -> String { left(share.map { decimals(100 * $0, 1) + " %" } ?? "–", 8) }
  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
  private func left(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
