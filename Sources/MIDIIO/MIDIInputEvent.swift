// What a MIDI input reports.

/// A message or a change of the wiring.
public enum MIDIInputEvent: Hashable, Sendable {
  /// A message arrived. Releases of keys that a vanished source still held come this way too.
  case message(TimedMIDI)
  /// A source is connected from now on.
  case connected(SourceIdentity)
  /// A source is gone. The keys and pedals it held were released by `released` messages before this event.
  case disconnected(SourceIdentity, released: Int)
  /// Messages came faster than they were read and some are lost, so that nobody knows what is held. Everything that
  /// was held was released by `released` messages before this event.
  case overrun(released: Int)
  /// The output was wired to the input of the same client; the connection was taken back.
  case feedbackRefused
}
