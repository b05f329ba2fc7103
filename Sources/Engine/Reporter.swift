// Answers requests, whichever way they came: the one place in which commands are carried out.

import Control
import Synchronization

/// Hands a request to the part of the daemon that it is for. Any thread.
///
/// It bridges the start: the control server answers before all parts stand.
final class Reporter: Sendable {
  /// The parts that obey.
  struct Parts: Sendable {
    let status: @Sendable () -> Status
    let commands: AnsweringCommands
    /// Reads the configuration again.
    let reload: @Sendable () -> Message
    /// Obeys an order to the recorder.
    let record: @Sendable (RecordOrder) -> Message
  }

  private let parts = Mutex<Parts?>(nil)

  /// From now on requests are obeyed.
  func begin(_ parts: Parts) {
    self.parts.withLock { $0 = parts }
  }

  /// The reply to a request.
  func answer(_ request: Request) -> Message {
    guard let parts = parts.withLock({ $0 }) else {
      return .failure(Failure(.failed, "antiphond is still starting; ask again."))
    }
    switch request {
    case .status: return .status(parts.status())
    case .reload: return parts.reload()
    case .record(let order): return parts.record(order)
    default: return parts.commands.answer(request)
    }
  }
}
