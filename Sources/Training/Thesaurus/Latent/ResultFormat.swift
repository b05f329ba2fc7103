// The kinds of files in which results come.

/// A kind of file; the raw value is what people type.
public enum ResultFormat: String, CaseIterable, Sendable {
  case png, svg, pdf, ly, midi, wav, json

  /// The end of the files' names.
  public var ending: String { self == .midi ? "mid" : rawValue }

  /// The formats of a list such as "png,midi", or nil for all.
  ///
  /// - Throws: `TrainingError`, which names what is no format.
  public static func list(_ text: String?) throws(TrainingError) -> Set<ResultFormat> {
    guard let text else { return Set(allCases) }
    let words = text.lowercased().split { $0 == "," || $0.isWhitespace }.map(String.init)
    var formats: Set<ResultFormat> = []
    for word in words {
      let name = word == "mid" ? "midi" : word
      guard let format = ResultFormat(rawValue: name) else {
        throw TrainingError("--formats names \"\(word)\", which is none; choose from \(names).")
      }
      formats.insert(format)
    }
    guard !formats.isEmpty else { throw TrainingError("--formats names nothing; choose from \(names).") }
    return formats
  }

  private static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
