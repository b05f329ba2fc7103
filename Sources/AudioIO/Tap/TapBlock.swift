// What one read of the tap delivered.

/// A cycle's sound: the input and both outputs, of the same frames.
public struct TapBlock: BitwiseCopyable, Sendable, Equatable {
  /// Frames of each channel.
  public var frames: Int
  /// Their rate in hertz.
  public var sampleRate: Int
  /// Frame of the client's stream at which the block begins; frames that are missing before it are counted.
  public var position: Int
  /// When it began, in seconds of the monotonic clock.
  public var seconds: Double
  /// Which life of the client it comes from: positions of different lives cannot be compared.
  public var life = 0

  /// - Parameters: see the properties.
  @_noLocks public init(frames: Int, sampleRate: Int, position: Int, seconds: Double) {
    self.frames = frames
    self.sampleRate = sampleRate
    self.position = position
    self.seconds = seconds
  }

  /// The most frames that a block has: room for three times as many samples takes any block.
  public static let mostFrames = largestPeriod
}
