// Turns the daemon's messages into what OSC subscribers receive.

import Control

/// A message for those who chose its topic.
struct OSCEvent: Equatable, Sendable {
  /// Who wants it.
  let topic: OSCTopic
  /// What is sent.
  let message: OSCMessage
  /// When it takes effect, in seconds since the daemon's start; nil: at once.
  var time: Double?
}

/// Remembers what was sent last, so that what stays the same is not sent again. Used by one thread.
struct OSCNews {
  private var latest: Readout?
  private var settings: SettingsList?

  /// What there is to send after a message of the daemon.
  mutating func take(_ message: Message) -> [OSCEvent] {
    switch message {
    case .readout(let readout):
      defer { latest = readout }
      return events(readout, since: latest)
    case .settings(let list), .changed(let list):
      defer { settings = list }
      return events(list, since: settings)
    case .notes(let notes): return notes.map(event)
    case .phrase(let phrase): return [event(phrase)]
    case .notice(let text): return [OSCEvent(topic: .state, message: OSCMessage("/antiphon/notice", [.string(text)]))]
    case .learned(let learned):
      let values: [OSCArgument] = [.string(learned.name), .int(Int32(clamping: learned.controller))]
      return [OSCEvent(topic: .setting, message: OSCMessage("/antiphon/learned", values))]
    case .recording(let summary): return [OSCEvent(topic: .state, message: Self.recording(summary))]
    case .hello, .pong, .watching, .status, .styles, .done, .failure, .unknown: return []
    }
  }

  /// All that holds now, for a new subscriber.
  func present() -> [OSCEvent] {
    (latest.map { events($0, since: nil) } ?? []) + (settings.map { events($0, since: nil) } ?? [])
  }

  /// How recording stands.
  static func recording(_ summary: RecordingSummary) -> OSCMessage {
    OSCMessage(
      "/antiphon/recording",
      [.int(summary.isOn ? 1 : 0), .int(summary.audio ? 1 : 0), .string(summary.file ?? "")])
  }

  private func events(_ readout: Readout, since last: Readout?) -> [OSCEvent] {
    var events: [OSCEvent] = []
    let scale = readout.scale ?? ScaleName(nil)
    if last == nil || last?.scale != readout.scale {
      let values = Self.values(scale, readout.confidence)
      events.append(OSCEvent(topic: .scale, message: OSCMessage("/antiphon/scale", values)))
    }
    if last?.candidates != readout.candidates {
      let values = readout.candidates.prefix(3).flatMap { Self.values($0.scale, $0.confidence) }
      events.append(OSCEvent(topic: .candidates, message: OSCMessage("/antiphon/candidates", values)))
    }
    let chroma = readout.chroma.map { OSCArgument.float(Float($0)) }
    events.append(OSCEvent(topic: .chroma, message: OSCMessage("/antiphon/chroma", chroma)))
    let level = OSCMessage("/antiphon/level", [.float(Float(readout.levelDB))])
    events.append(OSCEvent(topic: .level, message: level))
    if let state = readout.dialogue?.state, last?.dialogue?.state != state {
      events.append(OSCEvent(topic: .state, message: OSCMessage("/antiphon/state", [.string(state)])))
    }
    return events
  }

  private static func values(_ scale: ScaleName, _ confidence: Double) -> [OSCArgument] {
    [.int(Int32(clamping: scale.tonic ?? -1)), .string(scale.family), .string(scale.name), .float(Float(confidence))]
  }

  private func events(_ list: SettingsList, since last: SettingsList?) -> [OSCEvent] {
    let before = last.map { Self.values($0) } ?? [:]
    return Self.values(list).filter { before[$0.key] != $0.value }.sorted { $0.key < $1.key }.map { name, value in
      OSCEvent(topic: .setting, message: OSCMessage("/antiphon/setting/" + name, [value]))
    }
  }

  /// Every setting's value by name, style, mode and scale rule included.
  static func values(_ list: SettingsList) -> [String: OSCArgument] {
    var values: [String: OSCArgument] = [
      "style": .string(list.style), "mode": .string(list.mode), "scale": .string(list.scaleRule),
    ]
    for setting in list.settings { values[setting.name] = .float(Float(setting.value)) }
    return values
  }

  private func event(_ note: NoteNews) -> OSCEvent {
    let edge: [OSCArgument] = [.int(Int32(clamping: note.pitch)), .int(Int32(clamping: note.velocity))]
    guard note.voice != .player else {
      return OSCEvent(topic: .player, message: OSCMessage("/antiphon/player/note", edge), time: note.time)
    }
    let values = [.string(note.voice.rawValue)] + edge
    return OSCEvent(topic: .reply, message: OSCMessage("/antiphon/reply/note", values), time: note.time)
  }

  private func event(_ phrase: PhraseNews) -> OSCEvent {
    let notes = OSCArgument.int(Int32(clamping: phrase.notes))
    return switch phrase.event {
    case .began:
      OSCEvent(topic: .phrase, message: OSCMessage("/antiphon/phrase/began", [.float(Float(phrase.time))]))
    case .ended: OSCEvent(topic: .phrase, message: OSCMessage("/antiphon/phrase/ended", [notes]))
    case .answered:
      OSCEvent(topic: .reply, message: OSCMessage("/antiphon/reply/began", [notes]), time: phrase.time)
    case .finished:
      OSCEvent(topic: .reply, message: OSCMessage("/antiphon/reply/ended", [.string("finished")]), time: phrase.time)
    case .silenced: OSCEvent(topic: .reply, message: OSCMessage("/antiphon/reply/ended", [.string("silenced")]))
    }
  }
}
