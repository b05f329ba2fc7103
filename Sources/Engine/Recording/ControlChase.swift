// What a receiver must know before the first note of a take.

import MIDI

/// Remembers the program, bend and controllers of each channel as they were sent last.
struct ControlChase: Equatable {
  // Controllers by their numbers, then the program, then the bend: a bank (0, 32) comes before its program.
  private static let program = 128
  private static let bend = 129
  /// Bank, modulation, volume, pan, expression, pedals.
  private static let controllers: Set<Int> = [0, 1, 7, 10, 11, 32, 64, 66, 67]

  private var channels: [Int: [Int: MIDIMessage]] = [:]

  /// Enters a message.
  mutating func hear(_ message: MIDIMessage) {
    switch message {
    case .programChange(let channel, _): channels[channel, default: [:]][Self.program] = message
    case .pitchBend(let channel, _): channels[channel, default: [:]][Self.bend] = message
    case .controlChange(let channel, let controller, _) where Self.controllers.contains(controller):
      channels[channel, default: [:]][controller] = message
    case .controlChange(let channel, 121, _):  // reset all controllers; bank and program stay
      channels[channel] = channels[channel]?.filter { [0, 7, 10, 32, Self.program].contains($0.key) }
    case .reset: channels = [:]
    default: break
    }
  }

  /// What was sent last on a channel, in the order in which it must be sent.
  func messages(_ channel: Int) -> [MIDIMessage] {
    (channels[channel] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
  }
}
