// What a subscriber may choose to receive.

/// A kind of event; its name is what `/antiphon/subscribe` takes.
enum OSCTopic: String, CaseIterable, Sendable {
  case scale, candidates, chroma, level, phrase, reply, player, setting, state

  /// The names, for people.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
