// Answers the clients on the control server's thread.

import Control
import Synchronization

/// Bridges the start: the server answers before all parts stand that a status is made of.
final class Reporter: Sendable {
  private struct Sources: Sendable {
    let status: DaemonStatus
    let commands: AnsweringCommands
    let clients: @Sendable () -> Int
  }

  private let sources = Mutex<Sources?>(nil)

  /// From now on requests are obeyed.
  func begin(_ status: DaemonStatus, _ commands: AnsweringCommands, clients: @escaping @Sendable () -> Int) {
    sources.withLock { $0 = Sources(status: status, commands: commands, clients: clients) }
  }

  /// The reply to a request.
  func answer(_ request: Request) -> Message {
    guard let sources = sources.withLock({ $0 }) else {
      return .failure(Failure(.failed, "antiphond is still starting; ask again."))
    }
    guard request == .status else { return sources.commands.answer(request) }
    return .status(sources.status.status(clients: sources.clients()))
  }
}
