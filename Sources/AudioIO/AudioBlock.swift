// What one read of the input delivered to the ear thread.

/// Samples that belong together: without a gap, of one rate, from one life of the server.
public struct AudioBlock: Sendable, Equatable {
  /// Samples copied; 0 when nothing waits.
  public var count = 0
  /// Their rate in hertz; 0 before the first server.
  public var sampleRate = 0
  /// Grows with every change of rate or server: analysis must be planned anew for `sampleRate` and reset.
  public var epoch = 0
  /// Frames missing directly before the first sample: analysis must not join what lies on the two sides.
  public var missing = 0
  /// Frame of this server's stream at which the first sample lies, missing frames included.
  public var position = 0
}
