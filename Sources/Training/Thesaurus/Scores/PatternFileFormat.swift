// The file formats of patterns.

/// What patterns can be written as; the raw value is the extension of the file.
public enum PatternFileFormat: String, CaseIterable, Sendable {
  case text = "txt"
  case csv
  case json
  case midi = "mid"
  case musicXML = "musicxml"
  case lilyPond = "ly"
  case svg
  case png
  case pdf

  /// The format of a file's extension in any case; "midi" and "xml" are known too.
  ///
  /// - Returns: nil for an unknown one.
  public init?(pathExtension: String) {
    let others: [String: PatternFileFormat] = ["midi": .midi, "xml": .musicXML]
    let key = pathExtension.lowercased()
    guard let format = PatternFileFormat(rawValue: key) ?? others[key] else { return nil }
    self = format
  }

  /// Whether it is a list, which may be as long as all patterns, and no score.
  public var isList: Bool { self == .text || self == .csv || self == .json }

  /// What LilyPond draws; nil for formats that are written without it.
  public var picture: ScoreFormat? { ScoreFormat(rawValue: rawValue) }
}
