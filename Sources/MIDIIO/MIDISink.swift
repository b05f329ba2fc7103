// What the rest of the daemon knows of a MIDI output.

public import MIDI

/// Where messages go. One thread owns it.
public protocol MIDISink: AnyObject {
  /// Sends a message at once. Never blocks.
  func send(_ message: MIDIMessage)

  /// Tries again to send what the receivers had no room for. Call it every few milliseconds while `isWaiting`.
  func flush()

  /// True while something waits to be sent.
  var isWaiting: Bool { get }

  /// Releases everything that sounds because of what was sent.
  func silence()
}
