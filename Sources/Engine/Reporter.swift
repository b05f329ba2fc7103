// Answers requests, whichever way they came: the one place in which commands are carried out.

import Control
import Foundation
import Synchronization

/// Hands a request to the part of the daemon that it is for. Any thread.
///
/// It bridges the start: the control server hears before all parts stand, and who asks then waits for them.
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

  /// How often a request at the start looks for the parts, and microseconds in between: a start takes less than a tenth
  /// of a second.
  private static let (looks, pause) = (400, UInt32(5000))

  /// The parts, as soon as they stand; nil when they do not in two seconds.
  private var standing: Parts? {
    for _ in 0..<Self.looks {
      if let parts = parts.withLock({ $0 }) { return parts }
      usleep(Self.pause)
    }
    return nil
  }

  /// The reply to a request.
  func answer(_ request: Request) -> Message {
    guard let parts = standing else {
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
