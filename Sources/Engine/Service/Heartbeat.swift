// A counter that shows that a thread still turns.

import Synchronization

/// The thread beats once a turn; the watchdog looks whether the count moves.
public final class Heartbeat: Sendable {
  private let beats = Atomic<Int>(0)

  /// Nothing has turned yet.
  public init() {}

  /// One turn is done. Any thread; never waits.
  public func beat() { beats.add(1, ordering: .relaxed) }

  /// Turns so far. Any thread.
  public var count: Int { beats.load(ordering: .relaxed) }
}
