// Answers `status` on the control server's thread.

import Control
import Synchronization

/// Bridges the start: the server answers before all parts stand that a status is made of.
final class Reporter: Sendable {
  private struct Sources: Sendable {
    let status: DaemonStatus
    let clients: @Sendable () -> Int
  }

  private let sources = Mutex<Sources?>(nil)

  /// From now on there is a status.
  func begin(_ status: DaemonStatus, clients: @escaping @Sendable () -> Int) {
    sources.withLock { $0 = Sources(status: status, clients: clients) }
  }

  /// The reply to `status`.
  func answer() -> Message {
    guard let sources = sources.withLock({ $0 }) else {
      return .failure(Failure(.failed, "antiphond is still starting; ask again."))
    }
    return .status(sources.status.status(clients: sources.clients()))
  }
}
