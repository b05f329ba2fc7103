// A part of the daemon as a service of the group that is ended in order.

import Dispatch
import Foundation
import Logging
import ServiceLifecycle

/// Something that runs on threads of its own from its making on, and is to be ended when its turn comes.
///
/// A `ServiceGroup` ends the last of its services first and waits for it before it ends the one before.
struct ServicePart: Service {
  /// Seconds after which a part that does not end is left behind, so that those after it are ended all the same.
  private static let patience = 4.0

  private let name: String
  private let logger: Logger
  private let end: @Sendable () -> Void

  /// - Parameters:
  ///   - name: what the log calls it.
  ///   - end: ends it and waits for it; may block.
  init(_ name: String, _ logger: Logger, end: @escaping @Sendable () -> Void) {
    self.name = name
    self.logger = logger
    self.end = end
  }

  /// Waits for the end of the group, then ends the part.
  func run() async {
    // A cancellation, which nobody asks for, means the same.
    try? await gracefulShutdown()
    await withCheckedContinuation { continuation in
      // Threads of their own: the tasks' threads must not wait.
      let isOver = DispatchSemaphore(value: 0)
      Self.start {
        end()
        isOver.signal()
      }
      Self.start {
        if isOver.wait(timeout: .now() + Self.patience) == .timedOut {
          logger.warning("The \(name) does not end; it is left behind.")
        }
        continuation.resume()
      }
    }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.name = "ending"
    thread.start()
  }
}
