// An analysis as a person reads it.
import Foundation
import Music

extension AnalysisResult {
  /// A headline, the scale of the whole with its rivals, and one line a segment; without the last line's end.
  public var text: String {
    let level = levelDB.isFinite && levelDB > -120 ? "level \(signed(levelDB)) dBFS" : "silent"
    var lines = ["\(file): \(clock(duration)) heard, tuning \(signed(tuningCents)) cents, \(level)"]
    let rivals = alternatives.map { "\(naming.name($0.scale)) \(percent($0.confidence))" }.joined(separator: ", ")
    let best = "\(naming.name(whole.scale)) \(percent(whole.confidence))"
    lines.append("  whole: \(best)\(pattern(whole.pattern))" + (rivals.isEmpty ? "" : "  (\(rivals))"))
    let names = segments.map { naming.name($0.scale) }
    let width = names.map(\.count).max() ?? 0
    for (segment, name) in zip(segments, names) {
      let padding = String(repeating: " ", count: width - name.count)
      let span = "\(clock(segment.start)) – \(clock(segment.end))"
      lines.append("  \(span)  \(name)\(padding)  \(percent(segment.confidence))\(pattern(segment.pattern))")
    }
    return lines.joined(separator: "\n")
  }

  /// Minutes, seconds and tenths: "3:07.4".
  private func clock(_ seconds: Double) -> String {
    let tenths = seconds.isFinite ? Int((max(0, seconds) * 10).rounded()) : 0
    let rest = tenths % 600
    return "\(tenths / 600):\(rest < 100 ? "0" : "")\(rest / 10).\(rest % 10)"
  }

  private func pattern(_ pattern: PatternScale?) -> String { pattern.map { "; Thesaurus: \($0.text)" } ?? "" }

  private func percent(_ probability: Double) -> String {
    "\(JSONText.number(probability * 100, places: 0)) %"
  }

  private func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + JSONText.number(value, places: 1) }
}
