// Counts how long something took: what a median needs, in a fixed amount of memory.
internal import Synchronization

/// Durations counted by the audio thread and read by any other; allocated once.
///
/// A mean and a maximum can be kept in two numbers, a median cannot: so durations fall into buckets, eight an octave,
/// each at most an eighth as wide as the durations in it are long.
public struct DurationHistogram: ~Copyable, @unchecked Sendable {
  // @unchecked: `buckets` points to atomics that stay where they are for the life of the histogram.
  private let buckets: UnsafeMutablePointer<Atomic<Int>>

  /// Allocates everything that the histogram will ever use.
  public init() {
    buckets = .allocate(capacity: DurationCounts.buckets)
    for i in 0..<DurationCounts.buckets { (buckets + i).initialize(to: Atomic(0)) }
  }

  deinit {
    buckets.deinitialize(count: DurationCounts.buckets)
    buckets.deallocate()
  }

  /// Counts a duration. Any thread.
  /// - Complexity: O(1), wait-free.
  @_noLocks public borrowing func add(nanoseconds: Int) {
    buckets[DurationCounts.bucket(of: nanoseconds)].add(1, ordering: .relaxed)
  }

  /// What was counted so far. Allocates: not for the audio thread.
  public var counts: DurationCounts {
    DurationCounts((0..<DurationCounts.buckets).map { buckets[$0].load(ordering: .relaxed) })
  }
}
