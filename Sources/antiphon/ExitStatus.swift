// The exit statuses by which a script tells failures apart; the manual page lists them.

import ArgumentParser
import Control

extension ExitCode {
  /// The daemon cannot be reached or went away: EX_UNAVAILABLE of sysexits.h. (Wrong usage is its EX_USAGE, 64, by the
  /// argument parser.)
  static let unavailable = ExitCode(69)

  /// Ctrl-C ended a command before it was done: 128 and the number of SIGINT, as shells have it.
  static let interrupted = ExitCode(130)

  /// The status for what a command complains of: `unavailable` or `failure`.
  init(for error: any Error) {
    switch error as? ControlError {
    case .noRuntimeDirectory, .notRunning, .closed, .timeout, .system, .protocolMismatch: self = .unavailable
    default: self = .failure
    }
  }
}
