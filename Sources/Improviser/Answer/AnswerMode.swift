// What Antiphon does with what it hears on the keyboard.

/// Whether phrases are answered, accompanied or only heard.
public enum AnswerMode: String, CaseIterable, Sendable, Codable {
  /// Each phrase is answered when it is over.
  case answer
  /// Chords and a bass line sound while the player plays; phrases are not answered.
  case accompany
  /// Phrases are heard and remembered; nothing sounds.
  case listen
}
