// The file formats into which scores are engraved.

/// What LilyPond draws; the raw value is the extension of the file.
public enum ScoreFormat: String, CaseIterable, Sendable {
  /// Lines and text, for the web and for editing; one picture.
  case svg
  /// Pixels; one picture.
  case png
  /// Pages to print.
  case pdf
}
