// Requests that come while the daemon starts.
import Control
import Foundation
import Improviser
import Synchronization
import Testing

@testable import Engine

@Suite struct ReporterTests {
  /// The parts of a daemon, as far as an order to the recorder needs them.
  private func parts() -> Reporter.Parts {
    let desk = Desk(settings: AnswerSettings(), style: "balanced")
    return Reporter.Parts(
      status: { fatalError("nobody asks for it") },
      commands: AnsweringCommands(
        desk: desk, styles: StyleStore(environment: [:], executable: "/none/x"),
        controllers: ControllerFile(path: "/none/controllers.toml"), state: { "listening" }),
      reload: { .pong }, record: { _ in .done("recorded") })
  }

  @Test func whoAsksBeforeThePartsStandIsAnsweredWhenTheyDo() {
    let reporter = Reporter()
    let reply = Mutex<Message?>(nil)
    let asked = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      let message = reporter.answer(.record(.status))
      reply.withLock { $0 = message }
      asked.signal()
    }
    #expect(asked.wait(timeout: .now() + 0.05) == .timedOut, "it was answered by nobody")
    reporter.begin(parts())
    #expect(asked.wait(timeout: .now() + 20) == .success)
    #expect(reply.withLock { $0 } == .done("recorded"))
  }

  @Test func aStartThatHangsIsSaid() {
    guard case .failure(let failure) = Reporter().answer(.status) else {
      Issue.record("it was answered by nobody")
      return
    }
    #expect(failure.message == "antiphond is still starting; ask again.")
  }
}
