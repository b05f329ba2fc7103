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

  /// SIG_IGN as a number; function pointers cannot be compared.
  private static let ignored = 1

  private static let areHandlersSet: Bool = {
    for number in [SIGINT, SIGTERM] { signal(number, onInterruption) }
    // Under nohup a hangup is ignored, and stays so.
    var hangup = sigaction()
    sigaction(SIGHUP, nil, &hangup)
    let isIgnored = unsafeBitCast(hangup.__sigaction_handler.sa_handler, to: Int.self) == ignored
    if !isIgnored { signal(SIGHUP, onInterruption) }
    return true
  }()

  fileprivate static func raise() { flag.store(true, ordering: .relaxed) }
}

/// The signal handler; at file scope, so that it belongs to no actor.
private func onInterruption(_ signal: Int32) {
  Interruption.raise()
}
