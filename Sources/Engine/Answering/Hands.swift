// The hands: what comes from the keyboards goes to the improviser, and what it answers to the outputs.

import Control
import Improviser
import MIDI
import MIDIIO
import Music
import ScaleDetector

/// One turn after another: read, think, play. Everything that it touches comes in through protocols and a clock, so
/// that it runs as well on a virtual one.
///
/// ```
/// ALSA in ─┐                           ┌▶ synthesizer, JACK MIDI out   (early, with their frames)
/// JACK in ─┴▶ controllers ▸ improviser ┴▶ MIDISchedule ▸ ALSA out      (on time)
///                  └─ thru ─────────────▶ synthesizer
/// ```
/// One thread owns it.
final class Hands {
  /// The ends that the hands hold.
  struct Parts {
    let improviser: Improviser
    let ears: ScaleEars
    let voice: any Voice
    /// The ALSA sequencer's input and output; nil where there is none.
    var source: (any MIDISource)?
    var sink: (any MIDISink)?
    let desk: Desk
    let board: ScaleBoard
    /// Takes what happens for those who show and keep it.
    var feed = DialogueFeed()
  }

  /// Seconds between two tries to send what a receiver had no room for.
  private static let retry = 0.003

  let parts: Parts
  /// What a person sees.
  var report: DialogueReport
  var settings: AnswerSettings
  var controllers: ControllerMap
  var learning: Desk.Learning?
  var schedule = MIDISchedule()
  /// What the player's own playing holds in the synthesizer.
  private var thru = HeldNotes<Int>()
  /// Pedals that hand over or silence, and whether they are down.
  var pressed: [Int: Bool] = [:]
  private var clock = ClockFollower()
  private var tempo: ClockFollower.Tempo?
  /// The state of the desk that was taken last.
  private(set) var revision = -1
  private var boardRevision = 0
  private var detected: DetectedScale?

  init(_ parts: Parts) {
    self.parts = parts
    let now = parts.desk.now
    settings = now.settings
    controllers = now.controllers
    report = DialogueReport()
  }

  /// When the next turn is due at the latest; nil when only a message can bring news. Those of JACK wake nobody: look
  /// whether the voice has input when its nap is over.
  func nextDeadline(after now: Double) -> Double? {
    let isRetrying = parts.sink?.isWaiting == true
    return [
      parts.improviser.nextDeadline, schedule.nextDeadline, learning?.until, report.nextDeadline,
      parts.ears.nextDeadline, isRetrying ? now + Self.retry : nil,
    ].compactMap { $0 }.min()
  }

  /// Reads what came, answers what is due.
  ///
  /// - Parameter clock: seconds of the monotonic clock; read again where the time of playing is measured.
  func turn(_ clock: () -> Double) {
    let now = clock()
    takeOrders(at: now)
    parts.source?.read { take($0) }
    parts.voice.read { take($0) }
    if let waiting = learning, waiting.until <= now { endLearning(waiting) }
    takeTempo(at: now)
    advance(to: max(now, clock()))
    if let sink = parts.sink {
      schedule.send(until: clock()) { sink.send($0) }
      if sink.isWaiting { sink.flush() }
    }
    takeScale(at: now)
    if let notes = report.rest(at: now) { post(.phraseEnded(notes: notes), at: now) }
  }

  /// Tells the feed.
  func post(_ kind: DialogueEvent.Kind, at time: Double) {
    parts.feed.post(DialogueEvent(time: time, kind))
  }

  /// Lets the improviser play what is due.
  func advance(to time: Double) {
    parts.improviser.advance(to: time) { play($0, at: time) }
  }

  /// Ends everything that sounds, on all outputs; nothing may be played afterwards.
  func end() {
    parts.voice.silence()
    if let sink = parts.sink {
      schedule.silence { sink.send($0) }
      sink.silence()
    }
  }

  /// What was set since the last turn.
  func takeOrders(at now: Double) {
    guard let desk = parts.desk.take(after: revision) else { return }
    revision = desk.revision
    if settings.thru && !desk.settings.thru { releaseThru() }
    settings = desk.settings
    controllers = desk.controllers
    learning = desk.learning
    parts.improviser.settings = settings
    report.use(desk)
    report.play(in: parts.improviser.pattern)
    for order in desk.orders { obey(order, at: now) }
  }

  func obey(_ order: Desk.Order, at now: Double) {
    switch order {
    case .handOver: parts.improviser.handOver(at: now)
    case .panic: panic(at: now)
    }
  }

  /// Silence, and no answer to what was played so far.
  private func panic(at now: Double) {
    parts.improviser.settings.mode = .listen
    parts.improviser.handOver(at: now)
    parts.improviser.releaseAll(at: now)
    advance(to: now)
    parts.improviser.settings.mode = settings.mode
    end()
    thru = HeldNotes()
    report.silence()
  }

  /// Ends the player's own notes in the synthesizer.
  private func releaseThru() {
    for message in thru.releaseAll(of: 0) { parts.voice.playThru(message) }
  }

  /// What the ears know; the notes of this turn are heard when the improviser has had its turn.
  private func takeScale(at now: Double) {
    if let readout = parts.board.read(after: &boardRevision) { parts.ears.hear(readout) }
    parts.ears.work(to: now)
    guard parts.ears.detected != detected else { return }
    detected = parts.ears.detected
    parts.improviser.setScale(detected)
    report.detected = detected?.scale
  }

  /// A MIDI clock goes before JACK's transport: who sends one has wired it up.
  private func takeTempo(at now: Double) {
    let found = clock.tempo(at: now) ?? parts.voice.tempo
    guard !ClockFollower.isSame(found, tempo) else { return }
    tempo = found
    parts.improviser.setTempo(
      beatSeconds: found?.beatSeconds, barLine: found?.barLine ?? 0, beatsPerBar: found?.beatsPerBar ?? 4)
  }

  /// A message or a change of the wiring of the sequencer.
  private func take(_ event: MIDIInputEvent) {
    switch event {
    case .message(let timed): hear(timed.message, from: timed.source.description, at: timed.time)
    case .connected(let source): report.connect(source.description)
    // What a lost keyboard held was released by messages that came before.
    case .disconnected(let source, _): report.disconnect(source.description)
    case .overrun: report.overruns += 1
    case .feedbackRefused: report.feedbackRefusals += 1
    }
  }

  /// Takes in a message of the player.
  private func hear(_ message: MIDIMessage, from source: String, at time: Double) {
    switch message {
    case .clock, .start, .continue, .stop, .songPosition: return clock.hear(message, at: time)
    case .noteOn(_, let pitch, _) where report.played(pitch, at: time): post(.phraseBegan, at: time)
    default: break
    }
    post(.player(message), at: time)
    switch message {
    case .reset:
      releaseThru()
      parts.ears.releaseAll(at: time)
      return parts.improviser.releaseAll(at: time)
    case .controlChange(_, let controller, let value)
    where control(controller, value, from: source, at: time):
      return
    case .noteOn(let channel, _, _), .noteOff(let channel, _, _), .controlChange(let channel, 64, _):
      if channel != Self.drums { parts.ears.hear(message, at: time) }
    default:
      break
    }
    if settings.thru {
      thru.hear(message, from: 0)
      parts.voice.playThru(message)
    }
    parts.improviser.hear(message, at: time)
  }

  private static let drums = 9
}
