// How important a message must be to be logged, changeable while the daemon runs.

public import Logging
import Synchronization

/// The level that all copies of a logger share. Any thread.
public final class LogThreshold: Sendable {
  private let value: Mutex<Logger.Level>

  /// - Parameter level: what is less important is not logged.
  public init(_ level: Logger.Level) { value = Mutex(level) }

  /// What is less important is not logged.
  public var level: Logger.Level {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
