// Notes, tracks and programs from the events of a Standard MIDI File.

public import Music

extension StandardMIDIFile {
  /// The notes in the order of their onsets, in seconds.
  ///
  /// A note-off ends the note of its pitch, channel and track that has sounded longest; notes still held at the end of
  /// the file end there.
  public func notes() -> [Note] {
    attacks().compactMap { on, off in
      guard case .noteOn(let channel, let pitch, let velocity) = events[on].message else { return nil }
      let (onset, end) = (events[on].time, off.map { events[$0].time } ?? duration)
      return Note(pitch: pitch, velocity: velocity, onset: onset, duration: end - onset, channel: channel)
    }
  }

  /// The notes of `notes()`, in the same order, in quarter notes.
  public func scoreNotes() -> [ScoreNote] {
    attacks().compactMap { on, off in
      guard case .noteOn(let channel, let pitch, let velocity) = events[on].message else { return nil }
      let (onset, end) = (events[on].quarters, off.map { events[$0].quarters } ?? durationInQuarters)
      return ScoreNote(
        onset: onset, duration: end - onset, pitch: pitch, velocity: velocity, channel: channel,
        track: events[on].track)
    }
  }

  /// The tracks with their names and events; writing them with `tempoMap` and `timeSignatures` makes the piece again.
  public func tracks() -> [MIDITrack] {
    var tracks = trackNames.map { MIDITrack(name: $0) }
    for event in events {
      tracks[event.track].events.append(MIDITrack.Event(quarters: event.quarters, message: event.message))
    }
    return tracks
  }

  /// The program (0…127) selected on `channel` at `time` seconds; 0 before the first program change.
  ///
  /// - Complexity: O(events).
  public func program(onChannel channel: Int, at time: Double) -> Int {
    var program = 0
    for event in events {
      if event.time > time { break }
      if case .programChange(channel, let selected) = event.message { program = selected }
    }
    return program
  }

  /// The indices of each attack and of its release, in the order of the attacks; no release where the note is held to
  /// the end.
  private func attacks() -> [(on: Int, off: Int?)] {
    var attacks: [(on: Int, off: Int?)] = []
    var queues = KeyQueues()
    for (index, event) in events.enumerated() {
      switch event.message {
      case .noteOn(let channel, let pitch, _):
        queues.push(attacks.count, part: event.track * 16 + channel, pitch: pitch)
        attacks.append((index, nil))
      case .noteOff(let channel, let pitch, _):
        guard let attack = queues.pop(part: event.track * 16 + channel, pitch: pitch) else { continue }
        attacks[attack].off = index
      default:
        continue
      }
    }
    return attacks
  }
}
