// The latest value from one thread to another: a triple buffer.
public import Synchronization

/// Holds the latest value that a writer published; older ones are overwritten.
///
/// One thread writes, one other reads; both are wait-free and neither ever waits for the other. Of the three slots
/// the writer owns one, the reader one, and the third changes hands by a single atomic exchange.
///
/// On the audio thread use a trivially copyable `Value`: replacing an object there would free it. The methods are
/// inlinable rather than marked `@_noLocks`, for an unspecialised generic may not be marked; a marked caller is
/// checked through them.
public struct Mailbox<Value: Sendable>: ~Copyable, @unchecked Sendable {
  // @unchecked: the slots are shared between two threads; each is owned by one of them at a time, handed over by
  // `middle`, and `back` and `front` are each touched by their one thread only.
  @usableFromInline let slots: UnsafeMutablePointer<Value>
  @usableFromInline let back: UnsafeMutablePointer<Int>  // the writer's slot
  @usableFromInline let front: UnsafeMutablePointer<Int>  // the reader's slot
  @usableFromInline let middle = Atomic<Int>(1)  // the slot in between; + 4 when it holds news

  /// All three slots begin as `value`.
  public init(_ value: Value) {
    slots = .allocate(capacity: 3)
    slots.initialize(repeating: value, count: 3)
    back = .allocate(capacity: 1)
    back.initialize(to: 0)
    front = .allocate(capacity: 1)
    front.initialize(to: 2)
  }

  deinit {
    slots.deinitialize(count: 3)
    slots.deallocate()
    back.deallocate()
    front.deallocate()
  }

  /// Publishes a value. Writer only.
  /// - Complexity: O(1), wait-free.
  @inlinable
  public borrowing func write(_ value: Value) {
    slots[back.pointee] = value
    #if MUTATE
      back.pointee = middle.exchange(back.pointee | 4, ordering: .relaxed) & 3
    #else
      back.pointee = middle.exchange(back.pointee | 4, ordering: .acquiringAndReleasing) & 3
    #endif
  }

  /// The latest value, the first one before anything was written. Reader only.
  /// - Complexity: O(1), wait-free.
  @inlinable
  public borrowing func read() -> Value {
    _ = takeNews()
    return slots[front.pointee]
  }

  /// The latest value if it was not read before, else nil. Reader only.
  /// - Complexity: O(1), wait-free.
  @inlinable
  public borrowing func readIfNew() -> Value? {
    takeNews() ? slots[front.pointee] : nil
  }

  /// Swaps the reader's slot for the one in between when that holds news.
  @inlinable
  borrowing func takeNews() -> Bool {
    if middle.load(ordering: .relaxed) & 4 == 0 { return false }
    front.pointee = middle.exchange(front.pointee, ordering: .acquiringAndReleasing) & 3
    return true
  }
}
