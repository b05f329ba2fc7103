// The sound of the input and of both outputs on its way from the audio thread to whoever keeps it.
internal import Glibc
internal import Realtime
internal import Synchronization

// At file scope, for a static member would have to be looked up on the audio thread.
/// Frames that may wait: 2.7 s at 192 kHz, 10.9 s at 48 kHz. A power of two.
var tapCapacity: Int { @_noLocks get { 1 << 19 } }

/// A ring of three channels for one life of a client, allocated once.
///
/// The audio thread pushes, one other thread reads; both are wait-free. **Overflow policy: a cycle that finds no room
/// is dropped whole**, and counted; the position of the next block tells how many frames are missing before it.
final class AudioTap: @unchecked Sendable {
  // @unchecked: `samples` is shared between two threads; the queue of blocks publishes what was written, `read` what
  // was taken. `written` belongs to the audio thread.

  /// Cycles that may wait: 1.3 s of the shortest, 16 frames of 192 kHz.
  private static let blockCapacity = 1 << 14
  private static let channels = 3

  /// Whether the audio thread pushes.
  let isOpen = Atomic<Bool>(false)

  private let samples: UnsafeMutablePointer<Float>  // input, left, right, one after the other
  private let blocks = EventQueue<TapBlock>(capacity: AudioTap.blockCapacity)
  private let written = Atomic<Int>(0)
  private let read = Atomic<Int>(0)
  private let dropped = Atomic<Int>(0)

  /// Allocates, and touches, everything that the tap will ever use: 7 MB.
  init() {
    let count = Self.channels * tapCapacity
    samples = .allocate(capacity: count)
    samples.initialize(repeating: 0, count: count)
    // Where the system refuses, the memory may be swapped out; the client warns of that for its own ring.
    _ = mlock(samples, count * MemoryLayout<Float>.stride)
  }

  deinit {
    munlock(samples, Self.channels * tapCapacity * MemoryLayout<Float>.stride)
    samples.deallocate()
  }

  /// Frames dropped so far because the ring was full.
  var droppedFrames: Int { dropped.load(ordering: .relaxed) }

  /// Appends a cycle. Audio thread only.
  /// - Parameters:
  ///   - input: `block.frames` samples; nil for silence.
  ///   - left: `block.frames` samples, as are those of `right`.
  /// - Complexity: O(frames), wait-free.
  @_noLocks func push(
    _ block: TapBlock, input: UnsafePointer<Float>?, left: UnsafePointer<Float>, right: UnsafePointer<Float>
  ) {
    let frames = block.frames
    let head = written.load(ordering: .relaxed)
    let room = tapCapacity &- (head &- read.load(ordering: .acquiring))
    guard frames <= room else {
      dropped.add(frames, ordering: .relaxed)
      return
    }
    let mask = tapCapacity &- 1
    for i in 0..<frames {
      let place = (head &+ i) & mask
      samples[place] = input?[i] ?? 0
      samples[place &+ tapCapacity] = left[i]
      samples[place &+ 2 &* tapCapacity] = right[i]
    }
    // The queue publishes the samples as well. Where it has no room, the next cycle overwrites them.
    guard blocks.push(block) else {
      dropped.add(frames, ordering: .relaxed)
      return
    }
    written.store(head &+ frames, ordering: .relaxed)
  }

  /// Takes the oldest cycle, or nil. Reading thread only.
  /// - Parameter target: room for three times `TapBlock.mostFrames` samples; the input comes first, then the left and
  ///   the right output.
  func pop(_ target: UnsafeMutablePointer<Float>) -> TapBlock? {
    guard let block = blocks.pop() else { return nil }
    let tail = read.load(ordering: .relaxed)
    let start = tail & (tapCapacity - 1)
    let first = min(block.frames, tapCapacity - start)
    for channel in 0..<Self.channels {
      let source = samples + channel * tapCapacity
      let place = target + channel * block.frames
      place.update(from: source + start, count: first)
      (place + first).update(from: source, count: block.frames - first)
    }
    read.store(tail + block.frames, ordering: .releasing)
    return block
  }
}
