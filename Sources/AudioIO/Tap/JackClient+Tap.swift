// The client's sound for whoever keeps it.

extension JackClient {
  /// Begins or ends to take what is heard and played; through restarts of the server too. Any thread.
  ///
  /// Takes 7 MB at the first begin, which are given back when the server ends.
  public func setTap(isOpen: Bool) { taps.set(isOpen: isOpen) }

  /// Takes the oldest cycle that waits, nil when none does. One thread; never waits.
  /// - Parameter target: room for three times `TapBlock.mostFrames` samples. It gets the `frames` samples of the input
  ///   and behind them those of the left and of the right output, before the server mixes others to them.
  public func readTap(into target: UnsafeMutableBufferPointer<Float>) -> TapBlock? {
    guard let start = target.baseAddress, target.count >= 3 * TapBlock.mostFrames else { return nil }
    return taps.read(start)
  }

  /// Frames lost because they were not read in time. Any thread.
  public var droppedTapFrames: Int { taps.droppedFrames }
}
