// Tells the service manager that the daemon is well, as long as it is.

import Control
import Glibc
import Logging
import ServiceLifecycle

/// Looks at the vital signs and feeds the manager's watchdog; does nothing where no manager wants to be fed.
struct WatchdogService: Service {
  let notifier: ServiceNotifier
  let logger: Logger
  /// Reads the counters; never waits. The time of sleep is added here.
  let signs: @Sendable () -> Watchdog.Signs

  /// Runs until the group ends.
  func run() async {
    guard let interval = notifier.watchdogInterval else {
      try? await gracefulShutdown()
      return
    }
    await cancelWhenGracefulShutdown { [self] in await watch(Watchdog(interval: interval)) }
  }

  private func watch(_ start: Watchdog) async {
    var watchdog = start
    var hung: [String] = []
    var slept = Self.slept
    while !Task.isCancelled {
      var signs = signs()
      signs.slept = Self.slept
      if signs.slept - slept > 1 {
        logger.notice("The machine has slept for \(Int((signs.slept - slept).rounded())) s.")
      }
      slept = signs.slept
      switch watchdog.look(signs, at: MonotonicTime.now) {
      case .well: hung = []
      case .feed:
        hung = []
        notifier.watchdog()
      case .hung(let names) where names != hung:
        hung = names
        logger.critical(
          "Hung: \(names.joined(separator: ", ")). If that lasts, the service manager starts the daemon again.")
      case .hung: break
      }
      try? await Task.sleep(for: .seconds(watchdog.period))
    }
  }

  /// Seconds that the machine has slept since it was started: what the one clock counts and the other does not.
  private static var slept: Double { seconds(CLOCK_BOOTTIME) - seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: Int32) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
