// A stretch of a piece that is predicted from its own beginning on.

/// Notes `start ..< start + length` of a piece; the network has heard the note before them and nothing else.
struct NoteWindow: Hashable, Sendable {
  let piece: Int
  let start: Int

  /// All windows of whole length, each `hop` notes after the one before.
  static func cut(_ pieces: [NoteClasses], length: Int, hop: Int) -> [NoteWindow] {
    pieces.enumerated().flatMap { piece, classes in
      stride(from: 0, through: classes.count - length, by: hop).map { NoteWindow(piece: piece, start: $0) }
    }
  }

  /// About `count` of windows, at even distances; all when there are fewer.
  static func some(_ count: Int, of windows: [NoteWindow]) -> [NoteWindow] {
    guard windows.count > count, count > 0 else { return windows }
    return (0..<count).map { windows[$0 * windows.count / count] }
  }
}
