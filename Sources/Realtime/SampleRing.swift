// Single-producer single-consumer ring of audio samples that marks where frames are missing.
internal import Glibc
internal import Synchronization

/// Carries mono samples from the audio thread to the ear.
///
/// One thread calls `push`, `skip` and `setSampleRate` (the producer), one other thread calls `pop` (the consumer).
/// All are wait-free. **Overflow policy: the newest frames are dropped**, counted in `droppedFrames`, and a mark is
/// left at the place, so that the consumer learns before which sample how many frames are missing; it must not join
/// what lies on the two sides.
///
/// There is no wake-up: a producer on the audio thread may make no system call, so the consumer polls, and sleeps in
/// between for the time that the frames it still needs will take to arrive.
public struct SampleRing: ~Copyable, @unchecked Sendable {
  // @unchecked: the pointers are shared between two threads; `written`, `read` and the marks' counters order every
  // access, and `producer` and `consumer` are each touched by their one thread only.

  /// Frames that the ring can hold.
  public let capacity: Int

  private let samples: UnsafeMutablePointer<Float>
  private let marks: UnsafeMutablePointer<StreamMark>
  private let producer: UnsafeMutablePointer<ProducerState>
  private let consumer: UnsafeMutablePointer<ConsumerState>
  private let written = Atomic<Int>(0)
  private let read = Atomic<Int>(0)
  private let marksWritten = Atomic<Int>(0)
  private let marksRead = Atomic<Int>(0)
  private let dropped = Atomic<Int>(0)
  private let gaps = Atomic<Int>(0)

  /// Allocates everything that the ring will ever use.
  /// - Parameters:
  ///   - capacity: frames; rounded up to a power of two.
  ///   - sampleRate: rate of the first sample, in hertz.
  public init(capacity: Int, sampleRate: Int) {
    var size = 16
    while size < capacity { size *= 2 }
    self.capacity = size
    samples = .allocate(capacity: size)
    samples.initialize(repeating: 0, count: size)
    marks = .allocate(capacity: StreamMark.slots)
    marks.initialize(repeating: StreamMark(position: 0, missing: 0, sampleRate: sampleRate), count: StreamMark.slots)
    producer = .allocate(capacity: 1)
    producer.initialize(to: ProducerState(sampleRate: sampleRate))
    consumer = .allocate(capacity: 1)
    consumer.initialize(to: ConsumerState(sampleRate: sampleRate))
  }

  deinit {
    munlock(samples, capacity * MemoryLayout<Float>.stride)
    samples.deallocate()
    marks.deallocate()
    producer.deallocate()
    consumer.deallocate()
  }

  /// Frames lost so far because the ring was full.
  public var droppedFrames: Int { dropped.load(ordering: .relaxed) }
  /// Places so far at which frames are missing, for whatever reason.
  public var gapCount: Int { gaps.load(ordering: .relaxed) }
  /// Frames that wait to be popped.
  public var count: Int { written.load(ordering: .acquiring) &- read.load(ordering: .acquiring) }

  /// Keeps the samples from being swapped out. False when the system refuses. Not for the audio thread.
  public borrowing func lockMemory() -> Bool { mlock(samples, capacity * MemoryLayout<Float>.stride) == 0 }

  /// Appends up to `frames` samples. Producer only.
  /// - Returns: how many were stored; the rest was dropped, counted and marked.
  /// - Complexity: O(frames), wait-free.
  @_noLocks @discardableResult
  public borrowing func push(_ source: UnsafePointer<Float>, _ frames: Int) -> Int {
    let head = written.load(ordering: .relaxed)
    let room = capacity &- (head &- read.load(ordering: .acquiring))
    guard room > 0, publishPendingMark(at: head) else {
      lose(frames)
      return 0
    }
    let stored = frames < room ? frames : room
    let start = head & (capacity &- 1)
    let first = stored < capacity &- start ? stored : capacity &- start
    for i in 0..<first { samples[start &+ i] = source[i] }
    for i in first..<stored { samples[i &- first] = source[i] }
    #if MUTATE
      written.store(head &+ stored, ordering: .relaxed)
    #else
      written.store(head &+ stored, ordering: .releasing)
    #endif
    if stored < frames { lose(frames &- stored) }
    return stored
  }

  /// Notes that `frames` frames of the stream were lost before they reached the ring. Producer only.
  @_noLocks public borrowing func skip(_ frames: Int) {
    producer.pointee.pending.missing &+= frames
    producer.pointee.isPending = true
  }

  /// Declares the rate of the samples that follow, in hertz. Producer only.
  @_noLocks public borrowing func setSampleRate(_ rate: Int) {
    if producer.pointee.pending.sampleRate == rate { return }
    producer.pointee.pending.sampleRate = rate
    producer.pointee.isPending = true
  }

  /// Takes the next samples that belong together: without a gap between them and of one rate. Consumer only.
  /// - Parameters:
  ///   - target: room for `frames` samples.
  /// - Returns: how many were copied, and what preceded them. `count` 0 means that nothing waits.
  /// - Complexity: O(frames), wait-free.
  @_noLocks public borrowing func pop(_ target: UnsafeMutablePointer<Float>, _ frames: Int) -> SampleRun {
    let tail = read.load(ordering: .relaxed)
    // Order matters: a mark is published before the first sample behind it.
    let end = written.load(ordering: .acquiring)
    let taken = takeMarks(at: tail, end: frames > 0 ? end : tail)
    let together = taken.next &- tail
    let n = frames < together ? frames : together
    let start = tail & (capacity &- 1)
    let first = n < capacity &- start ? n : capacity &- start
    for i in 0..<first { target[i] = samples[start &+ i] }
    for i in first..<n { target[i] = samples[i &- first] }
    read.store(tail &+ n, ordering: .releasing)
    let position = consumer.pointee.position
    consumer.pointee.position = position &+ n
    return SampleRun(count: n, position: position, missing: taken.missing, sampleRate: consumer.pointee.sampleRate)
  }

  /// Counts lost frames and leaves the mark to be published with the next stored sample.
  @_noLocks private borrowing func lose(_ frames: Int) {
    dropped.add(frames, ordering: .relaxed)
    skip(frames)
  }

  /// Publishes what changed since the last stored sample. False: all mark slots are taken, nothing may be stored yet.
  @_noLocks private borrowing func publishPendingMark(at head: Int) -> Bool {
    if !producer.pointee.isPending { return true }
    let index = marksWritten.load(ordering: .relaxed)
    if index &- marksRead.load(ordering: .acquiring) == StreamMark.slots { return false }
    let missing = producer.pointee.pending.missing
    marks[index & (StreamMark.slots &- 1)] = StreamMark(
      position: head, missing: missing, sampleRate: producer.pointee.pending.sampleRate)
    marksWritten.store(index &+ 1, ordering: .releasing)
    if missing > 0 { gaps.add(1, ordering: .relaxed) }
    producer.pointee.pending.missing = 0
    producer.pointee.isPending = false
    return true
  }

  /// Applies the marks that stand before the sample at `tail`; `next` is the position of the following mark, or the
  /// end.
  @_noLocks private borrowing func takeMarks(at tail: Int, end: Int) -> (missing: Int, next: Int) {
    var missing = 0
    var next = end
    if end == tail { return (0, next) }  // a mark is taken together with the first sample behind it
    var index = marksRead.load(ordering: .relaxed)
    let last = marksWritten.load(ordering: .acquiring)
    while index != last {
      let mark = marks[index & (StreamMark.slots &- 1)]
      if mark.position > tail {
        if mark.position < next { next = mark.position }
        break
      }
      missing &+= mark.missing
      consumer.pointee.sampleRate = mark.sampleRate
      consumer.pointee.position = consumer.pointee.position &+ mark.missing
      index = index &+ 1
    }
    marksRead.store(index, ordering: .releasing)
    return (missing, next)
  }
}

/// A place in the stream at which frames are missing or the rate changes.
struct StreamMark: BitwiseCopyable {
  /// How many marks may wait; a power of two.
  static var slots: Int { @_noLocks get { 64 } }
  var position: Int  // count of stored samples before the mark
  var missing: Int
  var sampleRate: Int
}

private struct ProducerState: BitwiseCopyable {
  var pending: StreamMark
  var isPending = false
  init(sampleRate: Int) { pending = StreamMark(position: 0, missing: 0, sampleRate: sampleRate) }
}

private struct ConsumerState: BitwiseCopyable {
  var position = 0
  var sampleRate: Int
}
