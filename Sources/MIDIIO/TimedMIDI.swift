// A message that arrived.

public import MIDI

/// A message with its sender and its time.
public struct TimedMIDI: Hashable, Sendable {
  /// What was sent.
  public var message: MIDIMessage
  /// Who sent it.
  public var source: SourceIdentity
  /// When it was read, in seconds of the monotonic clock (CLOCK_MONOTONIC).
  public var time: Double

  /// `message` from `source` at `time`.
  public init(message: MIDIMessage, source: SourceIdentity, time: Double) {
    self.message = message
    self.source = source
    self.time = time
  }
}
