// Reads the configuration again for those who must not wait for it.

import Control
import Dispatch
import Synchronization

/// Carries out readings one after another, away from those who ask. Any thread.
///
/// A reading may take long, for names of hosts are looked up, and it may end the very thread that asks: OSC moves to
/// another port when the file says so. The servers' threads must go on serving, that of the signals obeying.
final class ReloadQueue: Sendable {
  private enum Reply: Sendable {
    case waiting
    case given(Message)
    /// Who asked waits no more.
    case abandoned
  }

  private final class Box: Sendable {
    let reply = Mutex(Reply.waiting)
    let isGiven = DispatchSemaphore(value: 0)
  }

  private static let late = Message.done(
    "The configuration is still being read; antiphon status shows when something is wrong with it.")

  private let queue = DispatchQueue(label: "antiphon.reload")
  private let patience: Double
  private let read: @Sendable () -> Message
  private let log: @Sendable (Message) -> Void
  /// Readings under way that nobody waits for any more.
  private let abandoned = Atomic<Int>(0)

  /// - Parameters:
  ///   - patience: seconds for which `ask` waits.
  ///   - log: told what came of a reading that nobody waits for; called on the queue's thread.
  ///   - read: reads the configuration again; called on the queue's thread.
  init(patience: Double = 2, log: @escaping @Sendable (Message) -> Void, read: @escaping @Sendable () -> Message) {
    self.patience = patience
    self.log = log
    self.read = read
  }

  /// Has the configuration read; what comes of it is logged. Never waits.
  func begin() {
    queue.async { [read, log] in log(read()) }
  }

  /// Has the configuration read and waits for the reply, but not for long.
  func ask() -> Message {
    let box = Box()
    queue.async { [self] in give(read(), box) }
    // Where somebody has waited in vain, whoever asks a hundred times must not wait a hundred times.
    let seconds = abandoned.load(ordering: .relaxed) > 0 ? 0 : patience
    _ = box.isGiven.wait(timeout: .now() + seconds)
    return box.reply.withLock { reply in
      if case .given(let message) = reply { return message }
      reply = .abandoned
      abandoned.add(1, ordering: .relaxed)
      return Self.late
    }
  }

  private func give(_ message: Message, _ box: Box) {
    let isAwaited = box.reply.withLock { reply in
      if case .abandoned = reply { return false }
      reply = .given(message)
      return true
    }
    if isAwaited {
      box.isGiven.signal()
    } else {
      abandoned.subtract(1, ordering: .relaxed)
      log(message)
    }
  }
}
