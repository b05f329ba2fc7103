// Which notes of a score a sequence holds.

/// The whole score, or one of its parts alone.
public enum NotePart: Int, CaseIterable, Sendable, Codable {
  /// All parts together.
  case whole
  /// One part on a single staff: a singer, a melody instrument.
  case voice
  /// The upper staff of a part on two staves: mostly the right hand.
  case upper
  /// The lower staff of a part on two staves: mostly the left hand.
  case lower
}
