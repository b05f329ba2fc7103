// Notes from the events of a Standard MIDI File.

public import Music

extension StandardMIDIFile {
  /// The notes in the order of their onsets.
  ///
  /// A note-off ends the note of its pitch, channel and track that has sounded longest; notes still held at the end of
  /// the file end there.
  public func notes() -> [Note] {
    struct Key: Hashable {
      var track: Int
      var channel: Int
      var pitch: Int
    }
    /// Indices of the notes of one key in the order of their onsets; those before `ended` have ended.
    struct Sounding {
      var indices: [Int] = []
      var ended = 0
    }
    var notes: [Note] = []
    var sounding: [Key: Sounding] = [:]
    for event in events {
      switch event.message {
      case .noteOn(let channel, let pitch, let velocity):
        let key = Key(track: event.track, channel: channel, pitch: pitch)
        sounding[key, default: Sounding()].indices.append(notes.count)
        notes.append(Note(pitch: pitch, velocity: velocity, onset: event.time, duration: 0, channel: channel))
      case .noteOff(let channel, let pitch, _):
        let key = Key(track: event.track, channel: channel, pitch: pitch)
        guard let held = sounding[key], held.ended < held.indices.count else { continue }
        let index = held.indices[held.ended]
        notes[index].duration = event.time - notes[index].onset
        sounding[key]?.ended += 1
      default:
        continue
      }
    }
    for held in sounding.values {
      for index in held.indices[held.ended...] { notes[index].duration = duration - notes[index].onset }
    }
    return notes
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
}
