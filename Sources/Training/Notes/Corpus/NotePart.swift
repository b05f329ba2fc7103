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

  /// The parts that a person names, separated by commas.
  ///
  /// - Throws: a sentence with the unknown name.
  public static func set(typed text: String) throws(TrainingError) -> Set<NotePart> {
    var parts: Set<NotePart> = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let part = allCases.first(where: { "\($0)" == name }) else {
        throw TrainingError("parts names \"\(name)\"; choose from whole, voice, upper and lower.")
      }
      parts.insert(part)
    }
    return parts
  }
}
