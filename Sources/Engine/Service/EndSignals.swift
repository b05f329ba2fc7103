// The signals that ask a program to end.

import Glibc

/// What a program that runs until it is interrupted has to listen to.
public enum EndSignals {
  /// SIGTERM, SIGINT, and SIGHUP unless the program was started to outlive its terminal (`nohup`).
  public static var wanted: [Int32] { [SIGTERM, SIGINT] + (isHangupIgnored ? [] : [SIGHUP]) }

  /// Whether the program was started to outlive its terminal.
  static var isHangupIgnored: Bool {
    var action = sigaction()
    sigaction(SIGHUP, nil, &action)
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
