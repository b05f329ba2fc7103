// The OSC server of a running daemon, which can come, move and go.

import Control
import Logging
import OSC
import Synchronization

/// Holds the server while OSC is on. Any thread.
final class OSCHost: Sendable {
  private struct State {
    var server: OSCServer?
    var configuration = OSCConfiguration()
    var problem: String?
  }

  private let state = Mutex(State())
  private let start: Double
  private let logger: Logger
  private let answer: @Sendable (Request) -> Message

  /// Serves nothing yet.
  ///
  /// - Parameters:
  ///   - start: when the daemon started, by the monotonic clock.
  ///   - answer: carries out what is asked.
  init(start: Double, logger: Logger, answer: @escaping @Sendable (Request) -> Message) {
    self.start = start
    self.logger = logger
    self.answer = answer
  }

  /// Starts, moves or ends the server.
  ///
  /// - Throws: `OSCError`; then the server serves as before, or there is none.
  func use(_ configuration: OSCConfiguration) throws(OSCError) {
    let result = state.withLock { state in
      Result { () throws(OSCError) in try change(&state, to: configuration) }
    }
    try result.get()
  }

  private func change(_ state: inout State, to configuration: OSCConfiguration) throws(OSCError) {
    guard configuration.isOn else {
      state.server?.stop()
      state = State(configuration: configuration)
      return
    }
    let before = state.configuration
    let isSamePort = before.address == configuration.address && before.port == configuration.port
    // The port that it has already can't be opened a second time.
    if isSamePort {
      state.server?.stop()
      state.server = nil
    }
    do throws(OSCError) {
      let server = try open(configuration)
      state.server?.stop()
      state = State(server: server, configuration: configuration)
      let summary = server.summary
      logger.info("OSC is served on \(summary.address), UDP port \(summary.port)")
    } catch {
      if isSamePort, before.isOn, before != configuration { state.server = try? open(before) }
      state.problem = "\(error)"
      throw error
    }
  }

  private func open(_ configuration: OSCConfiguration) throws(OSCError) -> OSCServer {
    let wanted = OSCServer.Configuration(
      address: configuration.address, port: configuration.port, receivers: configuration.receivers, start: start)
    let log: @Sendable (String) -> Void = { [logger] in logger.warning("\($0)") }
    return try OSCServer(wanted, version: antiphonVersion, log: log, answer: answer)
  }

  /// How many receive what is sent.
  var subscribers: Int { summary?.subscribers ?? 0 }

  /// For the status; nil while OSC is off.
  var summary: Status.OSC? { state.withLock { $0.server?.summary } }

  /// Why OSC is not served as it was asked for, as a sentence.
  var problem: String? { state.withLock { $0.problem } }

  /// Sends news to those who want them; never blocks.
  func send(_ message: Message) { state.withLock { $0.server }?.send(message) }

  /// Says goodbye and ends the server.
  func stop() {
    state.withLock { state in
      state.server?.stop()
      state.server = nil
    }
  }
}
