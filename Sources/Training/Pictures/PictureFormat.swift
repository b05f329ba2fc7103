// The file formats of pictures.

/// What gnuplot draws to; the raw value is the extension of the file.
public enum PictureFormat: String, CaseIterable, Sendable {
  /// Pixels, for documents and the web.
  case png
  /// Lines and text, for print and for editing.
  case svg
}
