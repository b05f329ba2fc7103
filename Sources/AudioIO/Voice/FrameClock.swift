// Converts between monotonic seconds and JACK's frames.

/// When the last cycle began, on both clocks. Conversions hold for some seconds around it.
public struct FrameClock: BitwiseCopyable, Sendable, Equatable {
  /// JACK frame time at which the last cycle began; wraps around after 2³² frames.
  public var frame: UInt32
  /// The same instant in monotonic seconds (CLOCK_MONOTONIC).
  public var seconds: Double
  /// Frames a second.
  public var sampleRate: Int
  /// Frames of the last cycle.
  public var period: Int

  /// - Parameters: see the properties.
  @_noLocks public init(frame: UInt32, seconds: Double, sampleRate: Int, period: Int) {
    self.frame = frame
    self.seconds = seconds
    self.sampleRate = sampleRate
    self.period = period
  }

  /// The frame at a time, for `VoiceEvent.frame`; never 0, which there means "at once". Times further than 10 minutes
  /// away are limited to that.
  public func frame(at time: Double) -> UInt32 {
    let distance = time.isFinite ? min(max(time - seconds, -600), 600) : 0
    let frame = frame &+ UInt32(truncatingIfNeeded: Int((distance * Double(sampleRate)).rounded()))
    return frame == 0 ? 1 : frame
  }

  /// The time of a frame, in monotonic seconds.
  public func seconds(ofFrame other: UInt32) -> Double {
    seconds + Double(Int32(bitPattern: other &- frame)) / Double(max(sampleRate, 1))
  }
}
