// The bytes of a message on the wire.

extension MIDIMessage {
  /// The message as MIDI 1.0 sends it: a status byte and its data bytes, without running status.
  ///
  /// Values outside their range are clamped to it. A note-on of velocity 0 is on the wire what a receiver reads as a
  /// note-off.
  public var bytes: [UInt8] {
    switch self {
    case .noteOff(let channel, let pitch, let velocity):
      [Self.status(0x80, channel), Self.data(pitch), Self.data(velocity)]
    case .noteOn(let channel, let pitch, let velocity):
      [Self.status(0x90, channel), Self.data(pitch), Self.data(velocity)]
    case .keyPressure(let channel, let pitch, let pressure):
      [Self.status(0xA0, channel), Self.data(pitch), Self.data(pressure)]
    case .controlChange(let channel, let controller, let value):
      [Self.status(0xB0, channel), Self.data(controller), Self.data(value)]
    case .programChange(let channel, let program):
      [Self.status(0xC0, channel), Self.data(program)]
    case .channelPressure(let channel, let pressure):
      [Self.status(0xD0, channel), Self.data(pressure)]
    case .pitchBend(let channel, let value):
      [Self.status(0xE0, channel)] + Self.wide(min(max(value, -8192), 8191) + 8192)
    case .songPosition(let sixteenths): [0xF2] + Self.wide(sixteenths)
    case .clock: [0xF8]
    case .start: [0xFA]
    case .continue: [0xFB]
    case .stop: [0xFC]
    case .reset: [0xFF]
    }
  }

  private static func status(_ kind: UInt8, _ channel: Int) -> UInt8 {
    kind | UInt8(min(max(channel, 0), 15))
  }

  private static func data(_ value: Int) -> UInt8 {
    UInt8(min(max(value, 0), 127))
  }

  /// Fourteen bits, the lower seven first.
  private static func wide(_ value: Int) -> [UInt8] {
    let value = min(max(value, 0), 16383)
    return [UInt8(value & 0x7F), UInt8(value >> 7)]
  }
}
