// The OSC server of a running daemon, which can come, move and go.

import Control
import Logging
import OSC
import Synchronization

/// Holds the server while OSC is on. Any thread, but `use` and `stop` are not for the server's own: they wait for it.
final class OSCHost: Sendable {
  private struct State {
    var server: OSCServer?
    var configuration = OSCConfiguration()
    var problem: String?
    /// Whether the daemon ends.
    var isStopped = false
  }

  /// Held for moments only: the server's thread asks for the status, and whoever ends the server waits for that thread.
  private let state = Mutex(State())
  /// Held while the server changes, which may take as long as a look-up of a name.
  private let changing = Mutex(())
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

  /// Starts, moves or ends the server. Who has subscribed to one that is moved subscribes anew.
  ///
  /// - Throws: `OSCError`; then the server serves as before, or there is none.
  func use(_ configuration: OSCConfiguration) throws(OSCError) {
    let result = changing.withLock { _ in
      Result { () throws(OSCError) in try change(to: configuration) }
    }
    try result.get()
  }

  private func change(to configuration: OSCConfiguration) throws(OSCError) {
    let (before, isServing) = state.withLock { ($0.configuration, $0.server != nil) }
    guard configuration.isOn else { return install(nil, configuration) }
    if isServing, before == configuration { return state.withLock { $0.problem = nil } }
    // The port that it has already can't be opened a second time.
    let isSamePort = isServing && before.port == configuration.port
    if isSamePort { install(nil, before) }
    do throws(OSCError) {
      let server = try open(configuration)
      install(server, configuration)
      let summary = server.summary
      logger.info("OSC is served on \(summary.address), UDP port \(summary.port)")
    } catch {
      if isSamePort, let server = try? open(before) { install(server, before) }
      state.withLock { $0.problem = "\(error)" }
      throw error
    }
  }

  /// Puts a server in the place of the one that there is, which ends.
  private func install(_ server: OSCServer?, _ configuration: OSCConfiguration) {
    let needless = state.withLock { state in
      guard !state.isStopped else { return server }
      defer { (state.server, state.configuration, state.problem) = (server, configuration, nil) }
      return state.server
    }
    needless?.stop()
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

  /// Says goodbye and ends the server, for good.
  func stop() {
    let server = state.withLock { state in
      defer { (state.server, state.isStopped) = (nil, true) }
      return state.server
    }
    server?.stop()
  }
}
