// What a signal means for a daemon that may or may not have a terminal.

import Glibc

/// Decides over the signals that reach the daemon, one after another. Pure: times and the terminal come in.
///
/// SIGHUP has two meanings: the terminal is gone, so end; or, by the custom of daemons, read the configuration again.
/// The first holds when there was a terminal at the start and is none now.
struct SignalRule {
  /// What is to be done.
  enum Action: Equatable {
    case nothing
    case reload
    case end
    /// End at once, with this status.
    case exit(Int32)
  }

  /// Seconds within which a second signal is the same wish once more: `timeout` and terminals send two.
  static let doubled = 0.1
  /// Seconds for which the terminal may still be seen after its hangup; shells pass SIGHUP on before it is gone.
  static let farewell = 2.0

  private let hadTerminal: Bool
  /// Started with `nohup`, to outlive the terminal.
  private let ignoresHangup: Bool
  private var endTime: Double?
  private var hangupTime = -Double.infinity

  init(hadTerminal: Bool, ignoresHangup: Bool) {
    self.hadTerminal = hadTerminal
    self.ignoresHangup = ignoresHangup
  }

  /// Whether the terminal is to be looked for although no signal came.
  func isWatching(at now: Double) -> Bool {
    endTime == nil && hadTerminal && !ignoresHangup && now - hangupTime < Self.farewell
  }

  /// What to do about a signal, or about none when only the terminal was looked for.
  ///
  /// - Parameter hasTerminal: whether there is a controlling terminal now.
  mutating func action(for signal: Int32?, hasTerminal: Bool, at now: Double) -> Action {
    let isTerminalLost = hadTerminal && !hasTerminal && !ignoresHangup
    switch signal {
    case nil where isTerminalLost && endTime == nil: return end(at: now)
    case nil: return .nothing
    case SIGHUP?:
      // The end has begun; a terminal that goes away now changes nothing.
      guard endTime == nil else { return .nothing }
      if isTerminalLost { return end(at: now) }
      hangupTime = now
      return .reload
    case let signal?:
      guard let endTime else { return end(at: now) }
      return now - endTime < Self.doubled ? .nothing : .exit(128 + signal)
    }
  }

  private mutating func end(at now: Double) -> Action {
    endTime = now
    return .end
  }
}
