// From a stream of MIDI bytes to messages.

/// Reads MIDI 1.0 bytes as they come off a wire, in pieces of any size.
///
/// Any bytes are accepted. Running status is understood; a note-on of velocity 0 is a note-off. Real-time bytes may
/// stand anywhere, also inside another message, and are delivered at once. System exclusive messages are skipped
/// without being kept, so that one without end takes no memory. A message that a status byte cuts off is dropped; so
/// are data bytes without a status, undefined status bytes (F4, F5, F9, FD), active sensing, and the system common
/// messages other than song position. System common messages end running status, as the standard asks.
///
/// See "MIDI 1.0 Detailed Specification" (MIDI Manufacturers Association, 4.2), appendix A.2.
public struct MIDIParser: Sendable {
  /// What the parser remembers from one byte to the next.
  public struct State: Hashable, Sendable {
    /// The status byte that data bytes belong to; 0 where there is none.
    var status: UInt8 = 0
    /// The first data byte of a message of two.
    var first: UInt8?

    /// Nothing was received yet.
    public init() {}

    /// True inside a system exclusive message.
    public var isInExclusive: Bool { status == 0xF0 }
  }

  /// What the bytes so far have left open.
  public private(set) var state = State()

  /// A parser that has received nothing.
  public init() {}

  /// Forgets the running status and any unfinished message, as after the cable was pulled.
  public mutating func reset() {
    state = State()
  }

  /// The messages that `bytes` complete.
  public mutating func parse(_ bytes: some Sequence<UInt8>) -> [MIDIMessage] {
    let (messages, state) = Self.messages(in: bytes, after: state)
    self.state = state
    return messages
  }

  /// The messages that `bytes` complete after `state`, and the state they leave. A pure function.
  public static func messages(
    in bytes: some Sequence<UInt8>, after state: State
  ) -> (messages: [MIDIMessage], state: State) {
    var state = state
    var messages: [MIDIMessage] = []
    for byte in bytes {
      let message =
        switch byte {
        case 0xF8...: realTime(byte, &state)
        case 0x80...: begin(byte, &state)
        default: data(byte, &state)
        }
      if let message { messages.append(message) }
    }
    return (messages, state)
  }

  /// A real-time message; only a reset touches the state.
  private static func realTime(_ byte: UInt8, _ state: inout State) -> MIDIMessage? {
    switch byte {
    case 0xF8: return .clock
    case 0xFA: return .start
    case 0xFB: return .continue
    case 0xFC: return .stop
    case 0xFF:
      state = State()
      return .reset
    default: return nil
    }
  }

  /// A status byte; it cuts off whatever was unfinished.
  private static func begin(_ byte: UInt8, _ state: inout State) -> MIDIMessage? {
    state = State()
    switch byte {
    case 0x80..<0xF0, 0xF0, 0xF2: state.status = byte
    default: break  // F1, F3…F7: what follows them has no status and is ignored
    }
    return nil
  }

  /// A data byte; gives a message where it is the last one.
  private static func data(_ byte: UInt8, _ state: inout State) -> MIDIMessage? {
    switch state.status {
    case 0, 0xF0:
      return nil
    case 0xF2:
      guard let first = state.first else {
        state.first = byte
        return nil
      }
      state = State()
      return .songPosition(sixteenths: Int(first) | Int(byte) << 7)
    default:
      if state.first == nil, MIDIMessage.dataBytes(afterStatus: state.status) == 2 {
        state.first = byte
        return nil
      }
      let first = state.first ?? byte
      state.first = nil
      return MIDIMessage(status: state.status, first: first, second: byte)
    }
  }
}
