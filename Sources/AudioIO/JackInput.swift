// The ear's socket: a JACK input that survives its server.
public import Logging

internal import CKernels
internal import Foundation
internal import Realtime
internal import Synchronization

/// A mono JACK input with its own supervising thread.
///
/// | thread | may call |
/// |---|---|
/// | any | `start`, `stop`, `status` |
/// | ear (one) | `read` |
///
/// The supervising thread opens the client, watches its heartbeat, closes and reopens it and keeps the wiring; every
/// call into JACK that may block happens there. The server's audio thread only pushes into the ring of the current
/// session.
public final class JackInput: Sendable {
  private struct State {
    var status: AudioStatus
    var context: ProcessContext?
    var past = AudioCounters()  // of the sessions before `context`
    var run: SupervisionRun?  // between start and stop

    /// A run that JACK held up beyond `stop` may say its last word, but not speak for one that was started since.
    func listens(to run: SupervisionRun) -> Bool { self.run == nil || self.run === run }
  }

  private let configuration: JackConfiguration
  private let timing: SupervisionTiming
  private let log: SupervisionLog
  private let feed = SampleFeed()
  private let state: Mutex<State>

  /// Does not touch JACK yet.
  public convenience init(configuration: JackConfiguration, logger: Logger = Logger(label: "antiphon.audio")) {
    self.init(configuration: configuration, logger: logger, timing: SupervisionTiming())
  }

  /// For tests, which have less patience.
  package init(configuration: JackConfiguration, logger: Logger, timing: SupervisionTiming) {
    self.configuration = configuration
    self.timing = timing
    log = SupervisionLog(configuration: configuration, logger: logger)
    let server = configuration.serverName ?? ProcessInfo.processInfo.environment["JACK_DEFAULT_SERVER"] ?? "default"
    state = Mutex(State(status: AudioStatus(clientName: configuration.clientName, serverName: server)))
  }

  /// Starts to look for the server and returns at once. Does nothing while running. Keeps this object alive until
  /// `stop`.
  public func start() {
    let run = SupervisionRun()
    let isFirst = state.withLock { state in
      if state.run != nil { return false }
      state.run = run
      return true
    }
    guard isFirst else { return }
    let thread = Thread { [self] in supervise(run) }
    thread.name = "audio supervisor"
    thread.start()
  }

  /// Leaves the server. Returns when the client is closed, or after the time limit when the server does not answer.
  public func stop() {
    let run = state.withLock { state in
      defer { state.run = nil }
      return state.run
    }
    run?.stop(limit: timing.limits.closeLimit)
  }

  /// The state now; the counters are read live.
  public var status: AudioStatus {
    state.withLock { state in
      var status = state.status
      var counters = state.past
      if let context = state.context {
        counters = counters + context.counters
        status.sampleRate = context.sampleRate.load(ordering: .relaxed)
        status.period = context.period.load(ordering: .relaxed)
        status.inputLatency = context.inputLatency.load(ordering: .relaxed)
        status.isFreewheeling = context.isFreewheeling.load(ordering: .relaxed)
      }
      status.xruns = counters.xruns
      status.drops = counters.drops
      status.gaps = counters.gaps
      status.oversize = counters.oversize
      status.cycles = counters.cycles
      status.callbackMedian = counters.medianMicroseconds
      status.callbackMean = counters.meanMicroseconds
      status.callbackWorst = counters.worstMicroseconds
      return status
    }
  }

  /// Takes samples that belong together, at most as many as fit. Ear thread only; never waits.
  ///
  /// The audio thread may make no system call, so it cannot wake the ear: that sleeps until the samples that it needs
  /// can have arrived, and looks again.
  /// - Returns: count 0 when nothing waits.
  public func read(into buffer: UnsafeMutableBufferPointer<Float>) -> AudioBlock { feed.read(into: buffer) }

  /// Faults for tests: see `ProcessContext.Fault`.
  package func inject(fault: Int) {
    state.withLock { $0.context?.fault.store(fault, ordering: .relaxed) }
  }

  // MARK: Supervising thread

  private func supervise(_ run: SupervisionRun) {
    blockPipeSignal()
    var current: JackSession?
    let backend = JackBackend(configuration: configuration) { [self] session in
      current = session
      begin(session, run)
    }
    let supervisor = Supervisor(backend: backend, policy: configuration.connect, timing: timing.limits) { [log] event in
      log.record(event)
    }
    while !run.isStopped {
      supervisor.tick(now: now())
      publish(supervisor, current, run)
      run.sleep(timing.interval)
    }
    let deadline = now() + timing.limits.closeLimit
    while !supervisor.stop(), now() < deadline { usleep(2000) }
    publish(supervisor, nil, run)
    run.finish()
  }

  /// A server that dies while it is written to must not end us. Threads that JACK starts from here inherit the mask.
  private func blockPipeSignal() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private func now() -> Double { Double(realtime_nanoseconds()) * 1e-9 }

  private func begin(_ session: JackSession, _ run: SupervisionRun) {
    let isHeard = state.withLock { state in
      guard state.listens(to: run) else { return false }
      if let old = state.context { state.past = state.past + old.counters }
      state.context = session.context
      state.status.clientName = session.clientName
      return true
    }
    if isHeard { feed.add(session.context) }
  }

  private func publish(_ supervisor: Supervisor, _ session: JackSession?, _ run: SupervisionRun) {
    let session = supervisor.state == .active || supervisor.state == .open ? session : nil
    // Logged before the lock is taken: whoever asks for the status must not wait for a log that is read slowly.
    let (obstacles, refusals) = (log.obstacles(supervisor), session?.refusals ?? [])
    log.record(warnings: obstacles + refusals, except: supervisor.failure)
    let isRealtime = session?.isRealtime
    let xruns = state.withLock { state in
      guard state.listens(to: run) else { return 0 }
      state.status.state = supervisor.state
      state.status.restarts = supervisor.restarts
      state.status.connections = supervisor.connections
      state.status.isRealtime = isRealtime
      state.status.warnings = obstacles + refusals
      state.status.obstacle = obstacles.first
      return state.past.xruns + (state.context?.xruns.load(ordering: .relaxed) ?? 0)
    }
    log.record(xruns: xruns, now: now())
  }
}
