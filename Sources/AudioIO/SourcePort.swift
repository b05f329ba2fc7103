// Another client's port, and how a user's pattern names it.

/// A port that one of ours can be wired to: a source of sound or MIDI, or a place for it to go.
struct SourcePort: Equatable {
  /// Full name, "client:port".
  var name: String
  /// A socket of the sound card, not a program.
  var isPhysical: Bool

  init(_ name: String, isPhysical: Bool = false) {
    self.name = name
    self.isPhysical = isPhysical
  }

  /// A sound card's. PipeWire shows the monitors of outputs as sources too; hearing our own output is nobody's
  /// default.
  var isSocket: Bool { isPhysical && !name.lowercased().contains("monitor") }
}

/// A user's `--connect PATTERN`: plain text within the port's name, or a regular expression.
struct PortPattern {
  let text: String
  private let expression: Regex<AnyRegexOutput>?

  init(_ text: String) {
    self.text = text
    expression = try? Regex(text)  // "synth (2" is no expression and yet a part of a name
  }

  func matches(_ name: String) -> Bool {
    if name.contains(text) { return true }
    guard let expression else { return false }
    return name.firstMatch(of: expression) != nil
  }
}
