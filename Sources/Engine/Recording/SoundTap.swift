// Where the recorder gets sound from.

public import AudioIO

/// What is heard and played, cycle by cycle: see `JackClient`.
public protocol SoundTap: Sendable {
  /// Begins or ends to take it.
  func setTap(isOpen: Bool)
  /// The oldest cycle that waits; one thread reads. The buffer has room for three times `TapBlock.mostFrames` samples.
  func readTap(into target: UnsafeMutableBufferPointer<Float>) -> TapBlock?
  /// Frames lost because they were not read in time.
  var droppedTapFrames: Int { get }
}

extension JackClient: SoundTap {}
