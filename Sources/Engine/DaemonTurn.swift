// One turn of the daemon: what was heard and played goes out, what is wrong is said once.

import AudioIO
import Control
import Logging
import ScaleDetector

/// Takes readouts and events of the dialogue and hands them to all who want them. One thread owns it.
struct DaemonTurn {
  /// Somebody who watches: the clients of the control socket, those of OSC.
  struct Audience: Sendable {
    /// How many want readouts; while nobody does, none are made.
    var watchers: @Sendable () -> Int
    /// Sends them a message; never blocks.
    var send: @Sendable (Message) -> Void
  }

  /// What a turn takes from and gives to.
  struct Parts: Sendable {
    let configuration: DaemonConfiguration
    let input: JackClient
    let listener: Listener
    let answering: Answering
    let notifier: ServiceNotifier
    let logger: Logger
    /// When the daemon started, by the monotonic clock.
    let start: Double
    let audiences: [Audience]
    /// Take the events of the dialogue as they are; must not block.
    var observers: [@Sendable ([DialogueEvent]) -> Void] = []
    /// Whether what is played is recorded.
    var isRecording: @Sendable () -> Bool = { false }
    /// What else is wrong, as a sentence, the gravest first.
    var otherProblem: @Sendable () -> String? = { nil }
  }

  /// Seconds for which a readout of the ear counts as what is heard now; four of its steps.
  private static let freshness = 0.8

  private let parts: Parts
  private var clock = BroadcastClock()
  private var news: DialogueNews
  private var lastWatchers = 0
  private var lastRevision: Int?
  private var lastSettings: SettingsList?
  private var statusText = ""
  private var statusTime = -Double.infinity
  private var saidProblem: String?
  private var isRefusalSaid = false
  private var lastDialogue: DialogueSummary?
  private var lastPattern: String?
  private var lastHeard: (readout: ScaleReadout, time: Double)?
  private var wasActive = false

  init(_ parts: Parts) {
    self.parts = parts
    news = DialogueNews(start: parts.start)
  }

  /// One turn.
  ///
  /// - Parameter isEnding: only what was played is passed on.
  mutating func turn(isEnding: Bool) {
    let watchers = parts.audiences.reduce(0) { $0 + $1.watchers() }
    passOnSettings()
    passOnDialogue(isWatched: watchers > 0)
    if !isEnding { passOnReadout(watchers: watchers, at: MonotonicTime.now) }
  }

  /// Whatever way a setting was changed, all who watch hear of it.
  private mutating func passOnSettings() {
    let desk = parts.answering.desk.now
    guard desk.revision != lastRevision else { return }
    let settings = SettingsList(desk)
    if let lastRevision, let lastSettings {
      // Several changes may have come back to where they began; the one who made the first was told it in the reply.
      let isOne = desk.revision == lastRevision &+ 1
      if settings != lastSettings || !isOne { send(.changed(settings)) }
    }
    (lastRevision, lastSettings) = (desk.revision, settings)
  }

  private mutating func passOnDialogue(isWatched: Bool) {
    for learned in parts.answering.takeLearned() { send(.learned(learned)) }
    let events = parts.answering.feed.take()
    guard !events.isEmpty else { return }
    for observe in parts.observers { observe(events) }
    // Made even when nobody watches: who begins to does so in the middle of a phrase.
    let messages = news.messages(events)
    if isWatched { messages.forEach(send) }
  }

  private mutating func passOnReadout(watchers: Int, at now: Double) {
    let audio = parts.input.status
    let summary = InputSummary(audio)
    let naming: ScaleNaming = parts.configuration.classes == .majorMinor ? .keys : .families
    // What the ear said last is of no use when its input is gone.
    if let heard = parts.listener.takeReadout() { lastHeard = (heard, now) }
    if wasActive && !summary.isActive { parts.answering.hear(nil) }
    wasActive = summary.isActive
    // News of the dialogue come between two readouts of the ear and go out with the last one.
    let heard = lastHeard.flatMap { summary.isActive && now - $0.time < Self.freshness ? $0 : nil }
    var readout = Readout(silentAt: now - parts.start, input: summary)
    if let heard { readout = Readout(heard.readout, time: now - parts.start, input: summary, naming: naming) }
    let dialogue = parts.answering.dialogue
    readout.dialogue = dialogue
    // A line of notes says more than the sound of the same notes.
    if let played = parts.answering.pattern { readout.pattern = played.text }
    readout.recording = parts.isRecording() ? true : nil
    if watchers > lastWatchers { clock.hurry() }
    lastWatchers = watchers
    let key = [
      readout.scale?.name ?? "", readout.pattern ?? "",
      summary.state, summary.message ?? "", dialogue.state, dialogue.mode, dialogue.style,
      dialogue.scaleRule, dialogue.learning ?? "", readout.recording == true ? "recording" : "",
    ].joined(separator: "\n")
    let isFresh = heard?.time == now || dialogue != lastDialogue || readout.pattern != lastPattern
    let isNews = isFresh ? clock.passes(key: key, at: now) : isDue(key: key, at: now)
    let problem = parts.listener.statistics.problem
    if isNews {
      (lastDialogue, lastPattern) = (dialogue, readout.pattern)
      if watchers > 0 { send(.readout(readout)) }
      notify(StatusSentence(readout: readout, problem: problem ?? parts.otherProblem()), at: now)
    }
    say(problem)
    sayRefusal(audio)
  }

  private func send(_ message: Message) {
    for audience in parts.audiences { audience.send(message) }
  }

  /// Without sound, the state of the input is still worth a line a second.
  private mutating func isDue(key: String, at now: Double) -> Bool {
    clock.isDue(at: now) && clock.passes(key: key, at: now)
  }

  /// Tells the service manager, at most once a second.
  private mutating func notify(_ sentence: StatusSentence, at now: Double) {
    guard parts.notifier.isPresent, now - statusTime >= 1 else { return }
    let text = sentence.text
    guard text != statusText else { return }
    (statusText, statusTime) = (text, now)
    parts.notifier.status(text)
  }

  private mutating func say(_ problem: String?) {
    if let problem, problem != saidProblem { parts.logger.warning("\(problem)") }
    saidProblem = problem
  }

  /// Once in the life of the daemon, whichever thread was refused.
  private mutating func sayRefusal(_ audio: AudioStatus) {
    guard !isRefusalSaid, audio.isRealtimeRefused || parts.answering.isRealtimeRefused else { return }
    isRefusalSaid = true
    parts.logger.warning("\(RealtimeRights.refusal)")
  }
}
