// The messages of MIDI 1.0 that Antiphon understands.

/// What a key, a pedal, a wheel or a clock sends. Channels are 0…15, data values 0…127 where nothing else is said.
public enum MIDIMessage: Hashable, Sendable {
  /// A key was released.
  case noteOff(channel: Int, pitch: Int, velocity: Int)
  /// A key was pressed. The velocity is 1…127: a note-on of velocity 0 is read as a note-off.
  case noteOn(channel: Int, pitch: Int, velocity: Int)
  /// The pressure on one held key.
  case keyPressure(channel: Int, pitch: Int, pressure: Int)
  /// A pedal, wheel or other controller moved.
  case controlChange(channel: Int, controller: Int, value: Int)
  /// Another sound was selected.
  case programChange(channel: Int, program: Int)
  /// The pressure on all held keys.
  case channelPressure(channel: Int, pressure: Int)
  /// The pitch wheel moved, -8192…8191 with 0 at rest.
  case pitchBend(channel: Int, value: Int)
  /// The sequencer moved to this many sixteenth notes from the start, 0…16383.
  case songPosition(sixteenths: Int)
  /// A 24th of a quarter note has passed.
  case clock
  /// The sequencer starts from the beginning.
  case start
  /// The sequencer goes on from where it is.
  case `continue`
  /// The sequencer stops.
  case stop
  /// Everything returns to the state after power-up; all notes are off.
  case reset

  /// Reads a channel message of status byte `status` (0x80…0xEF) with data bytes below 0x80.
  ///
  /// - Returns: nil for any other byte. `second` is ignored by messages of one data byte.
  init?(status: UInt8, first: UInt8, second: UInt8) {
    guard first < 0x80, second < 0x80 else { return nil }
    let channel = Int(status & 0x0F)
    let (first, second) = (Int(first), Int(second))
    switch status & 0xF0 {
    case 0x80: self = .noteOff(channel: channel, pitch: first, velocity: second)
    case 0x90 where second == 0: self = .noteOff(channel: channel, pitch: first, velocity: 64)
    case 0x90: self = .noteOn(channel: channel, pitch: first, velocity: second)
    case 0xA0: self = .keyPressure(channel: channel, pitch: first, pressure: second)
    case 0xB0: self = .controlChange(channel: channel, controller: first, value: second)
    case 0xC0: self = .programChange(channel: channel, program: first)
    case 0xD0: self = .channelPressure(channel: channel, pressure: first)
    case 0xE0: self = .pitchBend(channel: channel, value: first + second << 7 - 8192)
    default: return nil
    }
  }

  /// The number of data bytes that follow the status byte of a channel message.
  static func dataBytes(afterStatus status: UInt8) -> Int {
    let kind = status & 0xF0
    return kind == 0xC0 || kind == 0xD0 ? 1 : 2
  }

  /// The channel, 0…15; nil for messages to the whole system.
  public var channel: Int? {
    switch self {
    case .noteOff(let channel, _, _), .noteOn(let channel, _, _), .keyPressure(let channel, _, _),
      .controlChange(let channel, _, _), .programChange(let channel, _), .channelPressure(let channel, _),
      .pitchBend(let channel, _):
      channel
    case .songPosition, .clock, .start, .continue, .stop, .reset:
      nil
    }
  }
}
