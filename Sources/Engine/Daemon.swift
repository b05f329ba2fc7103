// The daemon: ear, hands, voice and control socket as services that are ended in order.

import AudioIO
import Control
import Dispatch
import Foundation
public import Logging
import OSC
import ScaleDetector
import ServiceLifecycle
import Synchronization

/// Runs Antiphon as a service. One a process: it takes over the signals that end it and that reload its configuration.
///
/// | thread | does |
/// |---|---|
/// | turn | `TurnThread`: takes readouts, sends them to the watchers, tells the service manager |
/// | ear | `Listener` |
/// | hands | `HandsThread`: keyboards, improviser, MIDI out |
/// | control | `ControlServer`: answers requests |
/// | audio supervisor, JACK's own | `JackClient` |
/// | signals | `ServiceSignals` |
/// | reload | `ReloadQueue`: reads the configuration again |
/// | main | waits for the end |
public final class Daemon: Sendable {
  private let configuration: DaemonConfiguration
  private let logger: Logger
  private let notifier: ServiceNotifier
  private let keeper: ConfigurationKeeper?
  private let session: ManagedSession?
  private let start = MonotonicTime.now

  /// Starts nothing yet.
  ///
  /// - Parameter keeper: reads the configuration again, for SIGHUP and the request `reload`.
  /// - Parameter session: the session manager's, when one started this process.
  public init(
    configuration: DaemonConfiguration, logger: Logger, notifier: ServiceNotifier = ServiceNotifier(),
    keeper: ConfigurationKeeper? = nil, session: ManagedSession? = nil
  ) {
    self.configuration = configuration
    self.logger = logger
    self.notifier = notifier
    self.keeper = keeper
    self.session = session
  }

  /// Serves until SIGTERM, SIGINT or the loss of the terminal. To be called on the main thread before any other thread
  /// is started.
  ///
  /// - Throws: `ModelError` or `ControlError`, when it could not start.
  public func run() throws {
    signal(SIGPIPE, SIG_IGN)  // a reader of the log that goes away is no reason to end
    let signals = ServiceSignals()
    let result = Mutex<Result<Void, any Error>>(.success(()))
    let isOver = DispatchSemaphore(value: 0)
    // The main thread's only work is to wait, so that the tasks' own threads have none that blocks.
    Task {
      do { try await serve(signals) } catch { result.withLock { $0 = .failure(error) } }
      isOver.signal()
    }
    isOver.wait()
    try result.withLock { $0 }.get()
  }

  private func serve(_ signals: ServiceSignals) async throws {
    guard let wake = WakePipe() else {
      throw ControlError.system("open", path: configuration.socket, reason: "no file descriptors are left")
    }
    let model = try ChromaLite(contentsOf: configuration.model)
    let notes = try NoteSource(contentsOf: configuration.answering.noteModel)
    let input = JackClient(configuration: configuration.jack, logger: logger)
    let reporter = Reporter()
    let server = try ControlServer(
      path: configuration.socket, version: antiphonVersion, log: { [logger] in logger.warning("\($0)") },
      answer: { reporter.answer($0) })
    let osc = OSCHost(start: start, logger: logger, answer: { reporter.answer($0) })
    let audiences = [
      DaemonTurn.Audience(watchers: { server.watchers }, send: { server.broadcast($0) }),
      DaemonTurn.Audience(watchers: { osc.subscribers }, send: { osc.send($0) }),
      DaemonTurn.Audience(watchers: { 0 }, send: { [session] in session?.send($0) }),
    ]
    let hasWatchers: @Sendable () -> Bool = { audiences.contains { $0.watchers() > 0 } }
    let answering = try Answering(
      configuration.answering, source: notes, client: input, scaleModel: model, classes: configuration.classes,
      name: configuration.jack.clientName, logger: logger, onNews: { if hasWatchers() { wake.wake() } })
    let scale = Mutex<String?>(nil)
    let listener = Listener(model: model, classes: configuration.classes, source: { input.read(into: $0) }) { readout in
      answering.hear(readout)
      let name = readout.scale?.name
      let hasChanged = scale.withLock { last in
        defer { last = name }
        return last != name
      }
      // While nobody watches, the turns wait for everything but a change.
      if hasChanged || hasWatchers() { wake.wake() }
    }
    let recorder = Recorder(configuration: configuration.recording, tap: input) { [logger] in logger.warning("\($0)") }
    let turn = TurnThread(wakePipe: wake) { [configuration, notifier, logger, start, keeper] in
      DaemonTurn(
        DaemonTurn.Parts(
          configuration: configuration, input: input, listener: listener, answering: answering, notifier: notifier,
          logger: logger, start: start, audiences: audiences, observers: [{ recorder.observe($0) }],
          isRecording: { recorder.summary.isOn },
          otherProblem: { [keeper] in keeper?.problem ?? recorder.summary.message ?? osc.problem }))
    }
    let status = DaemonStatus(
      configuration: configuration, input: input, listener: listener, answering: answering, recorder: recorder,
      osc: osc, keeper: keeper, start: start)
    let reload = reloadQueue(answering, osc, recorder)
    reporter.begin(
      Reporter.Parts(
        status: { [weak server] in status.status(clients: server?.clients ?? 0) }, commands: answering.commands,
        reload: { reload.ask() },
        record: { recorder.answer($0) }))
    serveOSC(osc)
    session?.begin { reporter.answer($0) }
    input.start()
    // The last is ended first: the hands let go of everything, the audio client lets it die away, the turns pass on
    // what was played until then, and the clients hear the goodbye.
    let group = serviceGroup([
      ServicePart("control server", logger) { server.stop() },
      ServicePart("session", logger) { [session] in session?.stop() },
      ServicePart("OSC server", logger) { osc.stop() },
      ServicePart("recorder", logger) { recorder.stop() },
      ServicePart("turn", logger) { turn.stop() },
      ServicePart("ear", logger) { listener.stop() },
      ServicePart("audio client", logger) { input.stop() },
      ServicePart("hands", logger) { answering.stop() },
      WatchdogService(notifier: notifier, logger: logger) {
        let audio = input.status
        return Watchdog.Signs(
          threads: [
            ("hands", answering.heartbeat.count), ("ear", listener.heartbeat.count), ("turn", turn.heartbeat.count),
            ("control server", server.turns),
          ],
          cycles: audio.cycles, looks: input.looks, isActive: audio.state == .active)
      },
    ])
    signals.obey(
      end: { [logger, notifier] in
        logger.info("antiphond is stopping")
        notifier.stopping()
        turn.quieten()
        notifier.status("stopping")
        Task { await group.triggerGracefulShutdown() }
      },
      reload: { reload.begin() })
    notifier.ready()
    logger.info("antiphond \(antiphonVersion) serves on \(configuration.socket)")
    try await group.run()
  }

  private func serviceGroup(_ services: [any Service]) -> ServiceGroup {
    var quiet = logger
    // What the group says of its own is of no use to a player.
    quiet.logLevel = .critical
    let parts = services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
    return ServiceGroup(configuration: ServiceGroupConfiguration(services: parts, logger: quiet))
  }

  /// Says who obeys when the configuration is read again, and lets the service manager know when it is.
  private func reloadQueue(_ answering: Answering, _ osc: OSCHost, _ recorder: Recorder) -> ReloadQueue {
    var actions = ReloadActions(desk: answering.desk)
    actions.osc = { try osc.use($0) }
    actions.record = { recorder.configure($0) }
    keeper?.begin(actions)
    return ReloadQueue(log: { [self] in log($0) }) { [notifier, keeper] in
      notifier.reloading()
      defer { notifier.ready() }
      return keeper?.reload() ?? .failure(Failure(.failed, "There is no configuration to read again."))
    }
  }

  /// OSC that can't be served is no reason to keep the rest down.
  private func serveOSC(_ osc: OSCHost) {
    do throws(OSCError) {
      try osc.use(configuration.osc)
    } catch {
      keeper?.retry(.osc)
      logger.warning("\(error)")
    }
  }

  private func log(_ message: Message) {
    switch message {
    case .done(let sentence): logger.info("\(sentence)")
    case .failure(let failure): logger.warning("\(failure.message)")
    default: break
    }
  }
}
