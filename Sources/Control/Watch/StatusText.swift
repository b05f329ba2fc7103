// The daemon's status as text for people.

/// Writes a `Status` as lines of a name and a value.
public enum StatusText {
  /// The lines, warnings last.
  public static func lines(_ status: Status) -> [String] {
    let audio = status.audio
    let thread = audio.realtime.map { $0 ? ", real-time" : ", not real-time" } ?? ""
    let (median, mean, worst) = (
      decimal(audio.callbackMedianMicroseconds), decimal(audio.callbackMeanMicroseconds),
      decimal(audio.callbackWorstMicroseconds)
    )
    let pairs = [
      ("antiphond", "\(status.version), up \(duration(status.uptime)), \(count(status.clients, "client"))"),
      ("input", audio.input.sentence),
      ("client", (audio.client ?? "-") + thread),
      ("callback", "median \(median) µs, mean \(mean) µs, worst \(worst) µs"),
      (
        "losses",
        "\(count(audio.xruns, "xrun")), \(count(audio.droppedFrames, "dropped frame")), \(count(audio.gaps, "gap")), "
          + count(audio.restarts, "restart")
      ),
      (
        "analysis",
        "\(decimal(status.analysis.load * 100)) % of a core, \(count(status.analysis.readouts, "readout")), "
          + count(status.analysis.rebuilds, "rebuild")
      ),
      ("model", "\(status.model.name), \(status.analysis.classes) classes (\(status.model.path))"),
    ] + answering(status)
    // The lines of the input and the keyboards say their own warnings already.
    let warnings = status.warnings.filter { $0 != audio.input.message && $0 != status.dialogue?.message }
    return pairs.map { $0.padded(to: 11) + $1 } + warnings.map { "warning".padded(to: 11) + $0 }
  }

  /// The lines of the answering side, when there is one.
  private static func answering(_ status: Status) -> [(String, String)] {
    var pairs: [(String, String)] = []
    if let dialogue = status.dialogue {
      let notes = "\(count(dialogue.played, "note")) played, \(dialogue.answered) answered"
      pairs += [
        ("keyboards", dialogue.keyboardText),
        (dialogue.mode, "\(dialogue.stateText), \(dialogue.choiceText), \(notes)"),
      ]
    }
    if let voice = status.voice {
      let targets = voice.connections.isEmpty ? "not connected" : voice.connections.joined(separator: ", ")
      let losses = "\(count(voice.dropped, "dropped event")), \(voice.late) late"
      let font = voice.soundFont.map { $0 + (voice.isReady ? "" : " (not ready)") } ?? "no SoundFont"
      pairs.append(("voice", "\(font), \(targets), \(losses)"))
    }
    if let midi = status.midi {
      let client = midi.client.map { "ALSA client \($0)" } ?? "no ALSA sequencer"
      let thread = midi.realtime ? "real-time" : "not real-time"
      let load = "\(decimal(midi.load * 100)) % of a core"
      pairs.append(("MIDI", "\(client), \(count(midi.overruns, "overrun")), \(thread), \(load)"))
      pairs.append(("notes from", midi.model))
    }
    return pairs
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private static func decimal(_ value: Double) -> String { "\(value.rounded(decimals: 2))" }

  private static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.clamped(to: 0...1e9))
    let (days, hours, minutes) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60)
    if days > 0 { return "\(days) d \(hours) h" }
    if hours > 0 { return "\(hours) h \(minutes) min" }
    return minutes > 0 ? "\(minutes) min \(whole % 60) s" : "\(whole) s"
  }
}
