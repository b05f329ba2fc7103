// One named track of a Standard MIDI File.

/// A name and channel messages at positions in quarter notes: what the writer takes and the reader gives back.
public struct MIDITrack: Hashable, Sendable {
  /// A message at a position.
  public struct Event: Hashable, Sendable {
    /// Quarter notes from the start.
    public var quarters: Double
    /// What is sent then: a channel message. A file cannot hold any other, and the writer leaves it out.
    public var message: MIDIMessage

    /// `message` after `quarters` quarter notes.
    public init(quarters: Double, message: MIDIMessage) {
      self.quarters = quarters
      self.message = message
    }
  }

  /// The name that sequencers show; empty for none.
  public var name: String
  /// The events; the writer puts them in the order of time.
  public var events: [Event]

  /// A track of `events`.
  public init(name: String = "", events: [Event] = []) {
    self.name = name
    self.events = events
  }

  /// A track of notes, which begins with the programs (0…127) of some channels.
  ///
  /// At one position programs come before releases, and releases before attacks, so that repeated notes stay separate.
  /// The notes' own track numbers are ignored; a note of no length is released at its onset, after its attack.
  public init(name: String = "", notes: [ScoreNote], programs: [Int: Int] = [:]) {
    var ranked: [(rank: Int, event: Event)] = programs.sorted { $0.key < $1.key }.map {
      (0, Event(quarters: 0, message: .programChange(channel: $0.key, program: $0.value)))
    }
    for note in notes {
      let attack = MIDIMessage.noteOn(channel: note.channel, pitch: note.pitch, velocity: max(note.velocity, 1))
      let release = MIDIMessage.noteOff(channel: note.channel, pitch: note.pitch, velocity: 64)
      ranked.append((2, Event(quarters: note.onset, message: attack)))
      ranked.append((note.duration > 0 ? 1 : 3, Event(quarters: max(note.end, note.onset), message: release)))
    }
    ranked.sort { ($0.event.quarters, $0.rank) < ($1.event.quarters, $1.rank) }
    self.init(name: name, events: ranked.map(\.event))
  }
}
