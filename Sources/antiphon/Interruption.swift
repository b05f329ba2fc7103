// Ctrl-C and its kin as a flag, so that the terminal can be put in order before the end.

import Engine
import Foundation
import Synchronization

/// Whether the person or the system asked the program to end.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  static var isRaised: Bool { flag.load(ordering: .relaxed) }

  /// From now on the signals that ask a program to end raise the flag; waits that they interrupt return.
  static func begin() {
    // Touched before a handler runs: the first access of a static may take a lock, which a handler must not.
    flag.store(false, ordering: .relaxed)
    for number in EndSignals.wanted {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = onInterruption
      sigaction(number, &action, nil)
    }
  }

  fileprivate static func raise() { flag.store(true, ordering: .relaxed) }
}

/// The signal handler; at file scope, so that it belongs to no actor.
private func onInterruption(_ signal: Int32) {
  Interruption.raise()
}
