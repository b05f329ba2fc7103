// Turns what supervision reports into log lines and standing warnings.
internal import Logging
internal import Synchronization

/// Writes each event once, in words, and remembers what is still wrong.
final class SupervisionLog: Sendable {
  private struct State {
    var told: Set<String> = []
    var xruns = 0
    var lastXrunLine = -Double.infinity
  }
  private let configuration: JackConfiguration
  private let logger: Logger
  private let state = Mutex(State())

  init(configuration: JackConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  /// Supervising thread.
  func record(_ event: Supervisor.Event) {
    switch event {
    case .waiting(let failure): logger.notice("\(sentence(failure))")
    case .opened: logger.debug("JACK client open")
    case .active: logger.info("Running on JACK")
    case .lost(let reason): logger.warning("Lost JACK: \(reason). Trying again.")
    case .abandoned: logger.warning("The old JACK client does not close; it is left behind.")
    case .connecting(let peer, let port):
      logger.info("Connecting \(port.isInput ? "\(peer) to \(port.name)" : "\(port.name) to \(peer)")")
    case .noMatch: break  // a standing warning: see `obstacles` and `hindrances`
    }
  }

  /// Logs at most one line a second. Supervising thread.
  func record(xruns: Int, now: Double) {
    let new = state.withLock { state -> Int? in
      guard xruns > state.xruns, now - state.lastXrunLine >= 1 else { return nil }
      defer { (state.xruns, state.lastXrunLine) = (xruns, now) }
      return xruns - state.xruns
    }
    if let new { logger.warning("\(new) xrun\(new == 1 ? "" : "s"), \(xruns) in all") }
  }

  /// Why no sound can arrive, as sentences.
  func obstacles(_ supervisor: Supervisor) -> [String] {
    var list: [String] = []
    if let failure = supervisor.failure { list.append(sentence(failure)) }
    if let sources = supervisor.unmatched[.input] { list.append(unmatchedSentence(sources)) }
    return list
  }

  /// Why the voice cannot be heard, as sentences.
  func hindrances(_ supervisor: Supervisor) -> [String] {
    guard case .matching(let pattern) = configuration.playback else { return [] }
    guard let sinks = supervisor.unmatched[.left] else { return [] }
    let there = sinks.isEmpty ? "there are none now" : "there are " + sinks.joined(separator: ", ")
    return [
      "No port to play to matches “\(pattern)” (\(there)): correct the pattern, "
        + "or start what is to play; it will be connected when it appears."
    ]
  }

  /// Logs each sentence once in the life of the program. Supervising thread.
  /// - Parameter failure: one that was logged when it happened.
  func record(warnings: [String], except failure: OpenFailure?) {
    let fresh = state.withLock { state in warnings.filter { state.told.insert($0).inserted } }
    for warning in fresh where warning != failure.map(sentence) { logger.warning("\(warning)") }
  }

  private func sentence(_ failure: OpenFailure) -> String {
    let server = configuration.serverName.map { "JACK server “\($0)”" } ?? "JACK server"
    return switch failure {
    case .noServer: "No \(server) is running: start JACK or PipeWire; trying again twice a second."
    case .nameTaken(let name):
      "The client name “\(name)” is taken on the \(server): choose another, or leave out --exact-name."
    case .refused(let reason): "The \(server) refused the client (\(reason)): look into the server's log; trying again."
    }
  }

  private func unmatchedSentence(_ ports: [String]) -> String {
    guard case .matching(let pattern) = configuration.connect else { return "" }
    let there = ports.isEmpty ? "there are no sources now" : "there are " + ports.joined(separator: ", ")
    return
      "No source port matches “\(pattern)” (\(there)): correct --connect, "
      + "or start the source; it will be connected when it appears."
  }
}
