// What a person is told when the configuration was read again.

/// Collects what has changed, what waits for a restart and what did not obey. A value.
struct ReloadReport {
  private var changes: [String] = []
  private var waiting: [String] = []
  private var failures: [String] = []

  /// These keys are obeyed from now on.
  mutating func changed(_ keys: [ConfigurationKey], _ new: Configuration) {
    changes += keys.map { $0.phrase(new) }
  }

  /// These keys are obeyed after a restart.
  mutating func restart(_ keys: [ConfigurationKey]) { waiting += keys.map(\.noun) }

  /// A part has not obeyed.
  mutating func failed(_ part: ConfigurationKey.Part, _ reason: String) {
    failures.append("\(part.noun) stays as it was: \(reason)" + (reason.hasSuffix(".") ? "" : "."))
  }

  /// "Read again: temperature is 1.2, OSC is on. The new SoundFont is used after a restart (…)."
  var sentence: String {
    var sentences = changes.isEmpty ? [] : ["Read again: \(changes.joined(separator: ", "))."]
    if !waiting.isEmpty {
      let nouns = waiting.map { $0.hasPrefix("the ") ? String($0.dropFirst(4)) : $0 }
      let verb = nouns.count == 1 ? "is" : "are"
      let new = ConfigurationKey.list(nouns, "and")
      sentences.append("The new \(new) \(verb) used after a restart (systemctl --user restart antiphond).")
    }
    sentences += failures
    return sentences.isEmpty ? "Nothing has changed." : sentences.joined(separator: " ")
  }
}

extension ConfigurationKey.Part {
  /// What the part is called at the begin of a sentence.
  var noun: String {
    switch self {
    case .answer: "The answer"
    case .controllers: "The map of controllers"
    case .keyboards: "The choice of keyboards"
    case .wiring: "The wiring"
    case .osc: "OSC"
    case .record: "Recording"
    case .log: "The log"
    case .start: "The rest"
    }
  }
}
