// Reading again on behalf of others: replies, patience, what comes of a reading that nobody waits for.

import Control
import Dispatch
import Synchronization
import Testing

@testable import Engine

@Suite(.timeLimit(.minutes(10))) struct ReloadQueueTests {
  private let logged = Mailbox()

  /// Messages of one thread for another.
  private final class Mailbox: Sendable {
    let messages = Mutex<[Message]>([])
    let news = DispatchSemaphore(value: 0)

    func put(_ message: Message) {
      messages.withLock { $0.append(message) }
      news.signal()
    }
  }

  @Test func whoAsksHasTheReplyAndWhoDoesNotTheLog() {
    let queue = ReloadQueue(log: { [logged] in logged.put($0) }) { .done("Read.") }
    #expect(queue.ask() == .done("Read."))
    #expect(logged.messages.withLock { $0 }.isEmpty)
    queue.begin()
    #expect(logged.news.wait(timeout: .now() + 10) == .success)
    #expect(logged.messages.withLock { $0 } == [.done("Read.")])
  }

  @Test func nobodyWaitsLongForASlowReading() {
    let gate = DispatchSemaphore(value: 0)
    let queue = ReloadQueue(patience: 0.2, log: { [logged] in logged.put($0) }) {
      gate.wait()
      return .done("Read.")
    }
    let late = queue.ask()
    guard case .done(let sentence) = late, sentence.contains("still being read") else {
      Issue.record("\(late)")
      return
    }
    let begin = MonotonicTime.now
    for _ in 0..<20 { #expect(queue.ask() == late) }
    // Two seconds more if each had waited on its own.
    #expect(MonotonicTime.now - begin < 2)
    for _ in 0..<21 { gate.signal() }
    for _ in 0..<21 { #expect(logged.news.wait(timeout: .now() + 10) == .success) }
    #expect(logged.messages.withLock { $0 } == Array(repeating: .done("Read."), count: 21))
    gate.signal()
    #expect(queue.ask() == .done("Read."))
  }
}
