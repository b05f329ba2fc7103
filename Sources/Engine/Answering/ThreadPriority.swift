// Real-time priority for threads that play.

import Glibc

/// Asks the system for real-time scheduling.
enum ThreadPriority {
  /// Above everything that is not in a hurry, below JACK's own threads (10 and more) and the kernel's.
  private static let level: Int32 = 5

  /// Gives the calling thread real-time priority; false when the system does not allow it.
  static func raise() -> Bool {
    var parameters = sched_param()
    parameters.sched_priority = level
    // SCHED_RESET_ON_FORK, which also RTKit asks for: no child inherits the priority.
    let policy = SCHED_RR | 0x4000_0000
    return pthread_setschedparam(pthread_self(), policy, &parameters) == 0
  }
}
