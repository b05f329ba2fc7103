// A thread that a part has of its own, and waits for at its end.

import Dispatch
import Foundation

/// Runs a function on a thread of its own, once.
///
/// Whoever owns one and lets the thread hold the owner must end it with `join`, or both live for ever.
public final class WorkerThread: Sendable {
  private let finished = DispatchSemaphore(value: 0)

  /// Starts nothing yet.
  public init() {}

  /// Starts the thread; to be called once.
  ///
  /// - Parameter name: for debuggers.
  public func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread { [finished] in
      body()
      finished.signal()
    }
    thread.name = name
    thread.start()
  }

  /// Waits until the function has returned; to be called once, and not on the thread itself.
  ///
  /// - Parameter seconds: the longest wait; nil waits as long as it takes.
  public func join(seconds: Double? = nil) {
    _ = finished.wait(timeout: seconds.map { .now() + $0 } ?? .distantFuture)
  }
}
