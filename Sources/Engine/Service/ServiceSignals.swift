// Takes the signals that a daemon obeys.

import Control
import Foundation
import Glibc

/// Waits for SIGTERM, SIGINT and SIGHUP on a thread of its own, where everything may be called that a handler may not.
struct ServiceSignals: Sendable {
  /// Seconds between two looks for a terminal that may be about to go.
  private static let looking = 0.25

  private let rule: SignalRule

  /// Blocks the signals. To be called on the main thread before any other is started, for they inherit the mask.
  init() {
    rule = SignalRule(hadTerminal: Self.hasTerminal, ignoresHangup: EndSignals.isHangupIgnored)
    var set = Self.set
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// From now on the signals are obeyed; the closures are called on the thread that waits for them.
  ///
  /// - Parameters:
  ///   - end: called once. A further SIGTERM or SIGINT ends the process at once, with the status 128 + its number.
  ///   - reload: called for each SIGHUP that does not mean that the terminal is gone.
  func obey(end: @escaping @Sendable () -> Void, reload: @escaping @Sendable () -> Void) {
    let thread = Thread { [rule] in
      var rule = rule
      while true {
        let signal = Self.next(seconds: rule.isWatching(at: MonotonicTime.now) ? Self.looking : nil)
        switch rule.action(for: signal, hasTerminal: Self.hasTerminal, at: MonotonicTime.now) {
        case .nothing: break
        case .reload: reload()
        case .end: end()
        case .exit(let status): _exit(status)
        }
      }
    }
    thread.name = "signals"
    thread.start()
  }

  /// Waits for a signal; nil when none came in time.
  private static func next(seconds: Double?) -> Int32? {
    var set = set
    guard let seconds else {
      var signal: Int32 = 0
      return sigwait(&set, &signal) == 0 ? signal : nil
    }
    var limit = timespec(tv_sec: 0, tv_nsec: Int(seconds * 1e9))
    let signal = sigtimedwait(&set, nil, &limit)
    return signal > 0 ? signal : nil
  }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    // Blocked, SIGHUP arrives here even where it is ignored: under nohup it still means to read the configuration.
    for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, signal) }
    return set
  }

  /// Whether the process has a controlling terminal: only then does this path open.
  private static var hasTerminal: Bool {
    let descriptor = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }
}
