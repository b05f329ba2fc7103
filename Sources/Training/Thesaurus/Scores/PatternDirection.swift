// Which way a pattern is written down.

/// Up through all octaves, down again, or both; the note at the turn is written once.
public enum PatternDirection: String, CaseIterable, Codable, Sendable {
  case up
  case down
  case both
}
