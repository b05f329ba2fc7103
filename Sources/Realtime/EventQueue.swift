// Single-producer single-consumer queue of small, trivially copyable events.
public import Synchronization

/// Carries events of a fixed size in one direction between two threads; two queues make a conversation.
///
/// One thread pushes, one other pops; both are wait-free. **Overflow policy: the new event is dropped** and counted
/// in `dropped`. What the audio thread is done with travels back through a second queue, so that it is never freed
/// there.
///
/// The methods are inlinable rather than marked `@_noLocks`, for an unspecialised generic may not be marked. A caller
/// that is marked and uses a concrete `Event` is checked right through them.
public struct EventQueue<Event: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
  // @unchecked: `storage` is shared between two threads; `written` and `read` order every access.
  @usableFromInline let storage: UnsafeMutablePointer<Event>
  @usableFromInline let mask: Int
  @usableFromInline let written = Atomic<Int>(0)
  @usableFromInline let read = Atomic<Int>(0)
  @usableFromInline let lost = Atomic<Int>(0)

  /// Allocates room for `capacity` events, rounded up to a power of two.
  public init(capacity: Int) {
    var size = 2
    while size < capacity { size *= 2 }
    storage = .allocate(capacity: size)
    mask = size - 1
  }

  deinit { storage.deallocate() }

  /// Events that the queue can hold.
  public var capacity: Int { mask + 1 }
  /// Events dropped so far because the queue was full.
  @inlinable public var dropped: Int { lost.load(ordering: .relaxed) }

  /// Appends an event. Producer only.
  /// - Returns: false when the queue was full and the event was dropped.
  /// - Complexity: O(1), wait-free.
  @inlinable @discardableResult
  public borrowing func push(_ event: Event) -> Bool {
    let head = written.load(ordering: .relaxed)
    if head &- read.load(ordering: .acquiring) > mask {
      lost.add(1, ordering: .relaxed)
      return false
    }
    storage[head & mask] = event
    #if MUTATE
      written.store(head &+ 1, ordering: .relaxed)
    #else
      written.store(head &+ 1, ordering: .releasing)
    #endif
    return true
  }

  /// Takes the oldest event, or nil. Consumer only.
  /// - Complexity: O(1), wait-free.
  @inlinable
  public borrowing func pop() -> Event? {
    let tail = read.load(ordering: .relaxed)
    if tail == written.load(ordering: .acquiring) { return nil }
    let event = storage[tail & mask]
    read.store(tail &+ 1, ordering: .releasing)
    return event
  }

  /// The oldest event without taking it, or nil. Consumer only.
  /// - Complexity: O(1), wait-free.
  @inlinable
  public borrowing func peek() -> Event? {
    let tail = read.load(ordering: .relaxed)
    if tail == written.load(ordering: .acquiring) { return nil }
    return storage[tail & mask]
  }
}
