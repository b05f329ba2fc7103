// Turns the signals that ask a program to end into an orderly end.

import Foundation
import Glibc

/// Waits for a signal that asks to end, on a thread of its own, where everything may be called that a handler may not.
public enum EndSignals {
  /// SIGTERM, SIGINT, and SIGHUP unless the program was started to outlive its terminal (`nohup`).
  public static var wanted: [Int32] {
    var action = sigaction()
    sigaction(SIGHUP, nil, &action)
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return [SIGTERM, SIGINT] + (handler == unsafeBitCast(SIG_IGN, to: Int.self) ? [] : [SIGHUP])
  }

  /// Calls `body` at the first of the signals; a second one ends the process at once.
  ///
  /// To be called on the main thread before any other is started, for they inherit that the signals are blocked.
  public static func onFirst(_ body: @escaping @Sendable () -> Void) {
    var set = sigset_t()
    sigemptyset(&set)
    // An ignored signal that is blocked would reach `sigwait` all the same.
    for signal in wanted { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    let waited = set
    let thread = Thread {
      var set = waited
      var signal: Int32 = 0
      guard sigwait(&set, &signal) == 0 else { return }
      body()
      guard sigwait(&set, &signal) == 0 else { return }
      _exit(128 + signal)
    }
    thread.name = "signals"
    thread.start()
  }
}
