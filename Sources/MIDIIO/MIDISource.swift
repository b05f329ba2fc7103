// What the rest of the daemon knows of a MIDI input.

/// Where messages come from. One thread owns it.
public protocol MIDISource: AnyObject {
  /// A file descriptor that polls readable (POLLIN) when `read` has something to report.
  var descriptor: Int32 { get }

  /// Reports everything that has arrived, in order. Never blocks.
  func read(_ body: (MIDIInputEvent) -> Void)
}
