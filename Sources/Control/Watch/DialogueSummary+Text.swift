// The state of the dialogue as text for people.

extension DialogueSummary {
  /// The keyboards, or what is missing.
  public var keyboardText: String {
    if let message { return message }
    return keyboards.isEmpty ? "no keyboard yet: plug one in" : keyboards.joined(separator: ", ")
  }

  /// What is going on.
  public var stateText: String {
    let notes = "\(phraseNotes) note\(phraseNotes == 1 ? "" : "s")"
    if let learning { return "move a knob for \(learning)" }
    switch state {
    case "phrase": return "phrase of \(notes)"
    case "answering":
      let wait = latencyMilliseconds.map { ", after \(SettingText.text($0.rounded(decimals: 1))) ms" } ?? ""
      return "answering \(notes)\(wait)"
    default: return state
    }
  }

  /// The style, and the notes that answers may take.
  public var choiceText: String {
    switch scaleRule {
    case "off": "\(style), any notes"
    case "follow": "\(style), \(scale.map { "in \($0.name)" } ?? "follows the scale")"
    default: "\(style), \(pattern.map { "in \($0)" } ?? scaleRule)"
    }
  }
}
