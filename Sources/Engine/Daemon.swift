// The daemon: ear, hands, voice and control socket, supervised by the main thread.

import AudioIO
import Control
import Foundation
public import Logging
import ScaleDetector
import Synchronization

/// Runs Antiphon as a service. One a process: it takes over the signals that end it.
///
/// | thread | does |
/// |---|---|
/// | main (`run`) | takes readouts, sends them to the watchers, tells the service manager |
/// | ear | `Listener` |
/// | hands | `HandsThread`: keyboards, improviser, MIDI out |
/// | control | `ControlServer`: answers requests |
/// | audio supervisor, JACK's own | `JackClient` |
public final class Daemon {
  /// Seconds for which a readout of the ear counts as what is heard now; four of its steps.
  private static let freshness = 0.8

  private let configuration: DaemonConfiguration
  private let logger: Logger
  private let notifier: ServiceNotifier
  private let start = MonotonicTime.now
  private var clock = BroadcastClock()
  private var lastWatchers = 0
  private var statusText = ""
  private var statusTime = -Double.infinity
  private var problem: String?
  private var lastDialogue: DialogueSummary?
  private var lastHeard: (readout: ScaleReadout, time: Double)?
  private var wasActive = false

  /// Starts nothing yet.
  public init(configuration: DaemonConfiguration, logger: Logger, notifier: ServiceNotifier = ServiceNotifier()) {
    self.configuration = configuration
    self.logger = logger
    self.notifier = notifier
  }

  /// Serves until a signal of `EndSignals`. To be called on the main thread before any other thread is started.
  ///
  /// - Throws: `ModelError` or `ControlError`, when it could not start.
  public func run() throws {
    guard let wake = WakePipe() else {
      throw ControlError.system("open", path: configuration.socket, reason: "no file descriptors are left")
    }
    let isEnding = EndFlag()
    signal(SIGPIPE, SIG_IGN)  // a reader of the log that goes away is no reason to end
    EndSignals.onFirst {
      isEnding.raise()
      wake.wake()
    }
    let model = try ChromaLite(contentsOf: configuration.model)
    let notes = try NoteSource(contentsOf: configuration.answering.noteModel)
    let input = JackClient(configuration: configuration.jack, logger: logger)
    let reporter = Reporter()
    let server = try ControlServer(
      path: configuration.socket, version: antiphonVersion, log: { [logger] in logger.warning("\($0)") },
      answer: { reporter.answer($0) })
    let answering = try Answering(
      configuration.answering, source: notes, client: input, scaleModel: model, classes: configuration.classes,
      name: configuration.jack.clientName, logger: logger, onNews: { [weak server] in
        if let server, server.watchers > 0 { wake.wake() }
      })
    let scale = Mutex<String?>(nil)
    let listener = Listener(model: model, classes: configuration.classes, source: { input.read(into: $0) }) { readout in
      answering.hear(readout)
      let name = readout.scale?.name
      let hasChanged = scale.withLock { last in
        defer { last = name }
        return last != name
      }
      // While nobody watches, the main thread sleeps through everything but a change.
      if hasChanged || server.watchers > 0 { wake.wake() }
    }
    let status = DaemonStatus(
      configuration: configuration, input: input, listener: listener, answering: answering, start: start)
    reporter.begin(status, answering.commands, clients: { [weak server] in server?.clients ?? 0 })
    input.start()
    notifier.ready()
    logger.info("antiphond \(antiphonVersion) serves on \(configuration.socket)")
    while !isEnding.isRaised {
      wake.wait(seconds: 0.25)
      turn(input, listener, answering, server)
    }
    logger.info("antiphond is stopping")
    notifier.stopping()
    // First the hands, which let go of everything, then the audio client, which lets it die away.
    answering.stop()
    input.stop()
    listener.stop()
    server.stop()
  }

  /// One turn of the main thread: what was heard goes out, what is wrong is said once.
  private func turn(_ input: JackClient, _ listener: Listener, _ answering: Answering, _ server: ControlServer) {
    let now = MonotonicTime.now
    let summary = InputSummary(input.status)
    let naming: ScaleNaming = configuration.classes == .majorMinor ? .keys : .families
    // What the ear said last is of no use when its input is gone.
    if let heard = listener.takeReadout() { lastHeard = (heard, now) }
    if wasActive && !summary.isActive { answering.hear(nil) }
    wasActive = summary.isActive
    // News of the dialogue come between two readouts of the ear and go out with the last one.
    let heard = lastHeard.flatMap { summary.isActive && now - $0.time < Self.freshness ? $0 : nil }
    var readout = Readout(silentAt: now - start, input: summary)
    if let heard { readout = Readout(heard.readout, time: now - start, input: summary, naming: naming) }
    for learned in answering.takeLearned() { server.broadcast(.learned(learned)) }
    let dialogue = answering.dialogue
    readout.dialogue = dialogue
    let watchers = server.watchers
    if watchers > lastWatchers { clock.hurry() }
    lastWatchers = watchers
    let key = [
      readout.scale?.name ?? "", summary.state, summary.message ?? "", dialogue.state, dialogue.mode, dialogue.style,
      dialogue.scaleRule, dialogue.learning ?? "",
    ].joined(separator: "\n")
    let isFresh = heard?.time == now || dialogue != lastDialogue
    let isNews = isFresh ? clock.passes(key: key, at: now) : isDue(key: key, at: now)
    if isNews { lastDialogue = dialogue }
    if isNews && watchers > 0 { server.broadcast(.readout(readout)) }
    if isNews { notify(readout, at: now) }
    report(listener.statistics.problem)
  }

  /// Without sound, the state of the input is still worth a line a second.
  private func isDue(key: String, at now: Double) -> Bool {
    clock.isDue(at: now) && clock.passes(key: key, at: now)
  }

  /// Tells the service manager, at most once a second.
  private func notify(_ readout: Readout, at now: Double) {
    guard notifier.isPresent, now - statusTime >= 1 else { return }
    let percent = Int((readout.confidence * 100).rounded())
    let heard = readout.scale.map { "\($0.name) \(percent) %" } ?? "no scale"
    let text = readout.input.isActive ? "\(heard) · \(readout.input.sentence)" : readout.input.sentence
    guard text != statusText else { return }
    (statusText, statusTime) = (text, now)
    notifier.status(text)
  }

  private func report(_ problem: String?) {
    if let problem, problem != self.problem { logger.warning("\(problem)") }
    self.problem = problem
  }
}

/// Set once by the thread that waits for signals.
private final class EndFlag: Sendable {
  private let flag = Atomic<Bool>(false)
  var isRaised: Bool { flag.load(ordering: .relaxed) }
  func raise() { flag.store(true, ordering: .relaxed) }
}
