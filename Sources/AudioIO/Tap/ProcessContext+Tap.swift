// The tap's part of the cycle: what was heard and what is played, copied for whoever keeps it.
internal import CJACK
internal import Synchronization

extension ProcessContext {
  /// Copies the cycle's input and, as it was rendered, its output. Audio thread only; free while nobody records.
  @_noLocks func copyToTap(_ frames: Int) {
    guard let tap = tapSlot.open() else { return }
    let count = UInt32(truncatingIfNeeded: frames)
    guard let leftPort = ports.left, let left = jack_port_get_buffer(leftPort, count),
      let rightPort = ports.right, let right = jack_port_get_buffer(rightPort, count)
    else { return }
    var input: UnsafeMutableRawPointer?
    if let port = ports.input { input = jack_port_get_buffer(port, count) }
    copy(
      to: tap, input: input?.assumingMemoryBound(to: Float.self), left: left.assumingMemoryBound(to: Float.self),
      right: right.assumingMemoryBound(to: Float.self), frames: frames)
  }

  /// The same with buffers that need not be JACK's. Audio thread only.
  @_noLocks func copy(
    to tap: Unmanaged<AudioTap>, input: UnsafePointer<Float>?, left: UnsafePointer<Float>,
    right: UnsafePointer<Float>, frames: Int
  ) {
    let block = TapBlock(
      frames: frames, sampleRate: sampleRate.load(ordering: .relaxed), position: voice.pointee.time,
      seconds: voice.pointee.seconds)
    tap._withUnsafeGuaranteedRef { $0.push(block, input: input, left: left, right: right) }
  }
}
