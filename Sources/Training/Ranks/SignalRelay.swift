// Signals that a process collects for its children instead of ending.
import Foundation

/// Holds back the signals that end a program, so that they can be waited for and passed on. For one thread.
struct SignalRelay {
  private var before = sigset_t()
  private var awaited = sigset_t()

  /// Blocks SIGINT, SIGTERM, SIGHUP and SIGCHLD on this thread.
  init() {
    sigemptyset(&awaited)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGCHLD] { sigaddset(&awaited, signal) }
    pthread_sigmask(SIG_BLOCK, &awaited, &before)
  }

  /// The signals to pass on that came within a time; returns early when a child has ended.
  func wait(upTo time: Duration) -> [Int32] {
    var awaited = awaited
    let (seconds, attoseconds) = time.components
    var limit = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    let signal = sigtimedwait(&awaited, nil, &limit)
    return signal > 0 && signal != SIGCHLD ? [signal] : []
  }

  /// Lets the signals act as before.
  func stop() {
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
