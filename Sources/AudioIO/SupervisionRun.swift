// One stretch of supervision between start and stop.
internal import Dispatch
internal import Synchronization

/// Tells the supervising thread to end and waits for it. A thread that JACK holds up keeps its own run and so
/// disturbs no later one.
final class SupervisionRun: Sendable {
  private let stopped = Atomic<Bool>(false)
  private let wakeUp = DispatchSemaphore(value: 0)
  private let finished = DispatchSemaphore(value: 0)

  var isStopped: Bool { stopped.load(ordering: .acquiring) }

  /// Waits for the next look, or for `stop`. Supervising thread.
  func sleep(_ seconds: Double) { _ = wakeUp.wait(timeout: .now() + seconds) }

  /// The supervising thread is done.
  func finish() { finished.signal() }

  /// Ends supervision; returns when it has ended, or after `limit` seconds.
  func stop(limit: Double) {
    stopped.store(true, ordering: .releasing)
    wakeUp.signal()
    _ = finished.wait(timeout: .now() + limit)
  }
}

/// How often and how patiently the supervising thread looks.
package struct SupervisionTiming: Sendable {
  /// Seconds between two looks.
  var interval = 0.1
  var limits = Supervisor.Timing()
  /// The usual timing.
  package init() {}
}
