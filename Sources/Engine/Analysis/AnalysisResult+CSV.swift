// An analysis as comma-separated rows (RFC 4180): one row a segment, or one row a history step.
import Music

extension AnalysisResult {
  /// The header of `csvSegments`.
  public static let csvSegmentHeader = "file,start,end,tonic,family,name,confidence"
  /// The header of `csvSteps`: level in dBFS, tuning in cents, and the twelve chroma values from C upwards.
  public static let csvStepHeader =
    "file,time,tonic,family,confidence,level,tuning," + (0..<12).map { "chroma\($0)" }.joined(separator: ",")

  /// One row a segment; `tonic` is empty where there is no scale.
  public var csvSegments: [String] {
    segments.map { segment in
      [
        field(file), JSONText.number(segment.start), JSONText.number(segment.end), tonic(segment.scale),
        naming.family(segment.scale), field(naming.name(segment.scale)), JSONText.number(segment.confidence),
      ].joined(separator: ",")
    }
  }

  /// One row a history step; `tonic` is empty where there is no scale.
  public var csvSteps: [String] {
    steps.map { step in
      let chroma = (0..<12).map { JSONText.number(Double(step.chroma[$0])) }
      let row = [
        field(file), JSONText.number(step.time), tonic(step.scale), naming.family(step.scale),
        JSONText.number(Double(step.confidence)), JSONText.number(Double(step.levelDB), places: 1),
        JSONText.number(Double(step.tuningCents), places: 1),
      ]
      return (row + chroma).joined(separator: ",")
    }
  }

  private func tonic(_ scale: Scale?) -> String { scale.map { String($0.tonic.rawValue) } ?? "" }

  private func field(_ text: String) -> String {
    let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
