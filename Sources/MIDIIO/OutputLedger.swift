// What was sent, what must still be sent, and how to end it all.

import MIDI

/// The bookkeeping of the output, without any system call.
///
/// A receiver may have no room for a message. A note-on, a pressure or a bend is then dropped, because late is worse
/// than never, and counted. A release is kept and sent again, since a lost one leaves a note sounding for ever;
/// receivers that got it the first time are not disturbed by another.
struct OutputLedger {
  /// The most releases that are kept.
  static let mostWaiting = 2048

  private var held = HeldNotes<Int>()
  private var channels: Set<Int> = []
  /// Releases that found no room, oldest first.
  private(set) var waiting: [MIDIMessage] = []
  /// The number of messages that were given up.
  private(set) var dropped = 0

  /// Enters a message before it is sent. Whatever arrives or not, it can be released afterwards.
  mutating func send(_ message: MIDIMessage) {
    held.hear(message, from: 0)
    if let channel = message.channel { channels.insert(channel) }
    // A late release of the key's last note would end the new one.
    if case .noteOn(let channel, let pitch, _) = message { forgetRelease(channel: channel, pitch: pitch) }
  }

  /// Some receiver had no room for the message.
  mutating func fail(_ message: MIDIMessage) {
    guard message.isRelease, waiting.count < Self.mostWaiting else {
      dropped += 1
      return
    }
    if !waiting.contains(message) { waiting.append(message) }
  }

  /// The releases that wait; they are to be sent, and entered by `fail` if they fail again.
  mutating func takeWaiting() -> [MIDIMessage] {
    defer { waiting = [] }
    return waiting
  }

  /// Forgets what was sent.
  ///
  /// - Returns: the messages that end it: a note-off for each sounding note, then all notes off and the pedal up on
  ///   every channel that was used.
  mutating func silence() -> [MIDIMessage] {
    defer { channels = [] }
    return held.releaseAll(of: 0)
      + channels.sorted().flatMap { channel in
        [
          MIDIMessage.controlChange(channel: channel, controller: 123, value: 0),
          MIDIMessage.controlChange(channel: channel, controller: 64, value: 0),
        ]
      }
  }

  private mutating func forgetRelease(channel: Int, pitch: Int) {
    guard !waiting.isEmpty else { return }
    waiting.removeAll {
      if case .noteOff(channel, pitch, _) = $0 { true } else { false }
    }
  }
}

extension MIDIMessage {
  /// True for messages that end notes.
  fileprivate var isRelease: Bool {
    switch self {
    case .noteOff, .reset: true
    case .noteOn(_, _, let velocity): velocity == 0
    case .controlChange(_, let controller, let value): (controller == 64 && value < 64) || (120...127 ~= controller)
    default: false
    }
  }
}
