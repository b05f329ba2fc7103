// Ctrl-C and its kin as a flag, so that unfinished files are removed before the end.
import Foundation
import Synchronization

/// Whether the person or the system asked the program to end.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// The handlers are set when this is first asked: until then the signals end the program as usual.
  static var isRaised: Bool {
    _ = areHandlersSet
    return flag.load(ordering: .relaxed)
  }

  private static let areHandlersSet: Bool = {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, onInterruption) }
    return true
  }()

  fileprivate static func raise() { flag.store(true, ordering: .relaxed) }
}

/// The signal handler; at file scope, so that it belongs to no actor.
private func onInterruption(_ signal: Int32) {
  Interruption.raise()
}
