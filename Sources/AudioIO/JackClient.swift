// The ear's and the voice's socket: a JACK client that survives its server.
public import Logging

internal import CKernels
internal import Foundation
internal import Realtime
internal import Synchronization
public import Synth

/// A JACK client with a mono input, a stereo output and a MIDI port either way, and its own supervising thread.
///
/// | thread | may call |
/// |---|---|
/// | any | `start`, `stop`, `status`, `clock`, `transport`, `setSynth`, `setTap` |
/// | ear (one) | `read` |
/// | recorder (one) | `readTap` |
/// | hands (one) | `play`, `readMIDI` |
///
/// The supervising thread opens the client, watches its heartbeat, closes and reopens it and keeps the wiring of every
/// port; every call into JACK that may block happens there. The server's audio thread touches the current session's
/// `ProcessContext` alone.
public final class JackClient: Sendable {
  struct State {
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
  let taps = TapFeed()
  private let loader: SynthLoader
  let programs = ProgramTable()
  let midiSources = MIDISources()
  let refused = Atomic<Int>(0)  // events played while there was no session
  private let lookCount = Atomic<Int>(0)
  let state: Mutex<State>

  /// Does not touch JACK yet.
  public convenience init(configuration: JackConfiguration, logger: Logger = Logger(label: "antiphon.audio")) {
    self.init(configuration: configuration, logger: logger, timing: SupervisionTiming())
  }

  /// For tests, which have less patience.
  package init(configuration: JackConfiguration, logger: Logger, timing: SupervisionTiming) {
    self.configuration = configuration
    self.timing = timing
    log = SupervisionLog(configuration: configuration, logger: logger)
    loader = SynthLoader(configuration: configuration.synth)
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

  /// Leaves the server: first everything that sounds here or at the receivers of the MIDI output is released. Returns
  /// when the client is closed, or after the time limit when the server does not answer.
  public func stop() {
    let run = state.withLock { state in
      defer { state.run = nil }
      return state.run
    }
    run?.stop(limit: timing.limits.closeLimit)
  }

  /// The state now; the counters are read live.
  public var status: AudioStatus {
    let (soundFont, problem) = loader.report
    return state.withLock { state in
      var status = state.status
      var counters = state.past
      if let context = state.context {
        counters = counters + context.counters
        status.read(context)
      }
      status.take(counters)
      status.voice.droppedEvents += refused.load(ordering: .relaxed)
      status.voice.soundFont = soundFont
      status.voice.problem = problem
      return status
    }
  }

  /// Looks that the supervising thread has taken at the server, or for one: it moves unless a call into JACK hangs.
  public var looks: Int { lookCount.load(ordering: .relaxed) }

  /// Takes samples that belong together, at most as many as fit. Ear thread only; never waits.
  ///
  /// The audio thread may make no system call, so it cannot wake the ear: that sleeps until the samples that it needs
  /// can have arrived, and looks again.
  /// - Returns: count 0 when nothing waits.
  public func read(into buffer: UnsafeMutableBufferPointer<Float>) -> AudioBlock { feed.read(into: buffer) }

  /// Changes the SoundFont or the way of rendering; sounding notes end when the new synthesizer takes over. Any thread.
  public func setSynth(_ configuration: SynthConfiguration) { loader.set(configuration) }

  /// Faults for tests: see `ProcessContext.Fault`.
  package func inject(fault: Int) {
    state.withLock { $0.context?.fault.store(fault, ordering: .relaxed) }
  }

  // MARK: Supervising thread

  private func supervise(_ run: SupervisionRun) {
    blockPipeSignal()
    var current: JackSession?
    let backend = JackBackend(configuration: configuration, programs: programs) { [self] session in
      current = session
      begin(session, run)
    }
    let supervisor = Supervisor(backend: backend, keepers: keepers, timing: timing.limits) { [log] event in
      log.record(event)
    }
    while !run.isStopped {
      supervisor.tick(now: now())
      if let current { loader.look(current.context) }
      midiSources.look(supervisor)
      publish(supervisor, current, run)
      lookCount.add(1, ordering: .relaxed)
      run.sleep(timing.interval)
    }
    if supervisor.state == .active, let current { release(current.context) }
    let deadline = now() + timing.limits.closeLimit
    while !supervisor.stop(), now() < deadline { usleep(2000) }
    midiSources.look(supervisor)
    publish(supervisor, nil, run)
    run.finish()
  }

  private var keepers: [ClientPort: ConnectionKeeper] {
    [
      .input: ConnectionKeeper(policy: configuration.connect),
      .left: ConnectionKeeper(policy: configuration.playback, channel: 0),
      .right: ConnectionKeeper(policy: configuration.playback, channel: 1),
      .midiIn: ConnectionKeeper(rule: .nothing), .midiOut: ConnectionKeeper(rule: .nothing),
    ]
  }

  /// Ends all sound and waits until the note-offs have left, but not for a server that runs no cycles.
  private func release(_ context: ProcessContext) {
    context.tally.farewell.store(1, ordering: .releasing)
    let deadline = now() + 0.5
    // What was written has left when the next cycle begins; what was rendered ahead, when the one after that does.
    let end = context.isAhead.load(ordering: .relaxed) ? VoiceCounters.delivered : VoiceCounters.delivered - 1
    while context.tally.farewell.load(ordering: .acquiring) < end, now() < deadline { usleep(1000) }
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
    guard isHeard else { return }
    feed.add(session.context)
    taps.begin(session.context)
    midiSources.begin()
    loader.look(session.context)
  }

  private func publish(_ supervisor: Supervisor, _ session: JackSession?, _ run: SupervisionRun) {
    let session = supervisor.state == .active || supervisor.state == .open ? session : nil
    // Logged before the lock is taken: whoever asks for the status must not wait for a log that is read slowly.
    let obstacles = log.obstacles(supervisor)
    let refusals = log.hindrances(supervisor) + (session?.refusals ?? [])
    log.record(warnings: obstacles + refusals, except: supervisor.failure)
    let isRealtime = session?.isRealtime
    let isRefused = session?.isRealtimeRefused ?? false
    let xruns = state.withLock { state in
      guard state.listens(to: run) else { return 0 }
      state.status.read(supervisor)
      state.status.isRealtime = isRealtime
      state.status.isRealtimeRefused = isRefused
      state.status.warnings = obstacles + refusals
      state.status.obstacle = obstacles.first
      return state.past.xruns + (state.context?.xruns.load(ordering: .relaxed) ?? 0)
    }
    log.record(xruns: xruns, now: now())
  }
}
