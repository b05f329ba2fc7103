// What one pop of a SampleRing delivered.

/// Samples that belong together, as taken from a `SampleRing`.
public struct SampleRun: BitwiseCopyable, Sendable, Equatable {
  /// Samples copied; 0 when nothing waits.
  public var count: Int
  /// Frame of the stream at which the first of them lies, missing frames included.
  public var position: Int
  /// Frames missing directly before the first of them. Analysis must not join what lies on the two sides.
  public var missing: Int
  /// Their rate in hertz.
  public var sampleRate: Int

  @_noLocks init(count: Int, position: Int, missing: Int, sampleRate: Int) {
    self.count = count
    self.position = position
    self.missing = missing
    self.sampleRate = sampleRate
  }
}
