// The one line that the service manager shows of the daemon.

import Control

/// Puts together "C♯ dorian 87 % · listening · 2 keyboards": scale, what is going on, keyboards.
///
/// What keeps the daemon from its work stands in the place of what is going on, the gravest first, with its remedy.
struct StatusSentence {
  /// What is heard now, with its input and the dialogue.
  var readout: Readout
  /// What is wrong beyond what the readout says, as a sentence.
  var problem: String?

  /// The line.
  var text: String { [scale, obstacle ?? activity, keyboards].joined(separator: " · ") }

  private var dialogue: DialogueSummary { readout.dialogue ?? DialogueSummary() }

  private var scale: String {
    let percent = Int((readout.confidence * 100).rounded())
    if let pattern = dialogue.pattern { return pattern }
    if dialogue.scaleRule.hasPrefix("lock"), let scale = dialogue.scale { return "\(scale.name) locked" }
    if let scale = readout.scale, scale.tonic != nil { return "\(scale.name) \(percent) %" }
    // What the player's notes alone have told.
    return dialogue.scale?.name ?? "no scale"
  }

  private var obstacle: String? {
    let input = readout.input
    switch input.state {
    // The usual case is said in few words; others, such as a name that is taken, in their own.
    case "absent":
      let isUsual = input.message?.hasPrefix("No ") ?? true
      return isUsual ? "waiting for JACK (start it or PipeWire)" : input.message.map(Self.short)
    case "lost": return "JACK is lost, waiting for it"
    case "open": return "JACK does not run yet"
    default: break
    }
    if let problem { return Self.short(problem) }
    if input.connections.isEmpty && dialogue.keyboards.isEmpty {
      return "nothing is connected (plug in a keyboard or connect a source)"
    }
    return nil
  }

  private var activity: String {
    switch dialogue.state {
    case "phrase": return "a phrase of \(Self.count(dialogue.phraseNotes, "note"))"
    case "answering": return "answering"
    default: break
    }
    switch dialogue.mode {
    case "accompany": return "accompanying"
    case "listen": return "listening only"
    default: return "listening"
    }
  }

  private var keyboards: String {
    if dialogue.keyboards.isEmpty { return dialogue.message.map(Self.short) ?? "no keyboard" }
    return Self.count(dialogue.keyboards.count, "keyboard")
  }

  private static func count(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

  /// What is wrong and the first remedy: the first two clauses of a sentence.
  private static func short(_ sentence: String) -> String {
    let text = sentence.split(separator: ";").prefix(2).joined(separator: ";")
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
