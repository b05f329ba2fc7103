// The hands on a virtual clock, between a keyboard, a voice and a MIDI output that are played.

import Control
import Foundation
import MIDI
import MIDIIO
import ScaleDetector
import Testing

@testable import Engine
@testable import Improviser

/// A small note model with random weights: enough for everything but the beauty of its answers.
func noteModelForTests() -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../NeuralTests/Golden/notes.safetensors").standardizedFileURL
}

/// The model of patterns that comes with the program.
func thesaurusForTests() -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../presets/models/thesaurus.safetensors").standardizedFileURL
}

/// What came out, with its time.
struct Played: Equatable {
  var message: MIDIMessage
  var time: Double
}

/// Notes that were begun and not ended.
struct Sounding {
  private(set) var notes: Set<[Int]> = []

  mutating func hear(_ message: MIDIMessage) {
    switch message {
    case .noteOn(let channel, let pitch, _): notes.insert([channel, pitch])
    case .noteOff(let channel, let pitch, _): notes.remove([channel, pitch])
    default: break
    }
  }

  mutating func silence() { notes = [] }
}

final class FakeKeyboards: MIDISource {
  let descriptor: Int32 = -1
  var waiting: [(time: Double, event: MIDIInputEvent)] = []
  var now = 0.0

  func read(_ body: (MIDIInputEvent) -> Void) {
    while let first = waiting.first, first.time <= now {
      waiting.removeFirst()
      body(first.event)
    }
  }
}

final class FakeSink: MIDISink {
  var sent: [Played] = []
  var sounding = Sounding()
  var now = 0.0
  var silences = 0
  /// Only the ledger is kept, so that a long run takes no memory.
  var forgets = false
  let isWaiting = false

  func send(_ message: MIDIMessage) {
    if !forgets { sent.append(Played(message: message, time: now)) }
    sounding.hear(message)
  }

  func flush() {}

  func silence() {
    silences += 1
    sounding.silence()
  }
}

/// Plays as the audio thread would: what is early waits, and a silence drops it.
final class FakeVoice: Voice {
  var thru: [MIDIMessage] = []
  var played: [Played] = []
  var answer = Sounding()
  var player = Sounding()
  var now = 0.0
  var forgets = false
  var waiting: [Played] = []
  var incoming: [MIDIInputEvent] = []
  var silencedAt: Double?
  var nap: Double?
  var hasInput: Bool { !incoming.isEmpty }
  var tempo: ClockFollower.Tempo?

  func playThru(_ message: MIDIMessage) {
    if !forgets { thru.append(message) }
    player.hear(message)
  }

  func play(_ message: MIDIMessage, at time: Double) {
    if !forgets { played.append(Played(message: message, time: time)) }
    waiting.append(Played(message: message, time: max(time, now)))
  }

  func silenceAnswer() {
    silencedAt = now
    waiting = []
    answer.silence()
  }

  func silence() {
    silenceAnswer()
    player.silence()
  }

  func read(_ body: (MIDIInputEvent) -> Void) {
    let events = incoming
    incoming = []
    for event in events { body(event) }
  }

  /// Sounds what is due.
  func render(until time: Double) {
    for event in waiting where event.time <= time { answer.hear(event.message) }
    waiting.removeAll { $0.time <= time }
  }
}

/// Hands with everything around them. Times are virtual, so that minutes pass in a moment.
final class Stage {
  static let keyboard = SourceIdentity(client: "Keys", port: "MIDI 1")
  let keyboards = FakeKeyboards()
  let sink = FakeSink()
  let voice = FakeVoice()
  let board = ScaleBoard()
  let feed = DialogueFeed()
  let desk: Desk
  let hands: Hands
  private(set) var now = 100.0

  init(
    settings: AnswerSettings = AnswerSettings(), seed: UInt64 = 1, hasSequencer: Bool = true,
    thesaurus: ThesaurusModel? = nil
  ) throws {
    desk = Desk(settings: settings, style: "balanced")
    let source = try NoteSource(contentsOf: noteModelForTests())
    let model = try ChromaLite(contentsOf: modelForTests())
    let improviser = Improviser(prediction: source.prediction(), settings: settings, seed: seed, thesaurus: thesaurus)
    hands = Hands(
      Hands.Parts(
        improviser: improviser, ears: ScaleEars(model: model, classes: .all), voice: voice,
        source: hasSequencer ? keyboards : nil, sink: hasSequencer ? sink : nil, desk: desk, board: board,
        feed: feed))
    turn()
  }

  var dialogue: DialogueSummary { hands.report.current }

  func turn() {
    keyboards.now = now
    sink.now = now
    voice.now = now
    voice.render(until: now)
    hands.turn { now }
    voice.render(until: now)
  }

  /// A turn whenever something is due or comes in, until `seconds` have passed.
  func run(_ seconds: Double) {
    let end = now + seconds
    var idle = 0
    while now < end {
      let next = [end, hands.nextDeadline(after: now) ?? .infinity, keyboards.waiting.first?.time ?? .infinity].min()
      let time = max(now, next ?? end)
      idle = time == now ? idle + 1 : 0
      guard idle < 1000 else {
        let improviser = hands.parts.improviser.nextDeadline ?? .infinity
        let others = [hands.schedule.nextDeadline, hands.parts.ears.nextDeadline, hands.report.nextDeadline]
        Issue.record(
          """
          the hands don't come to rest at \(now): the improviser wants \(improviser) with \(desk.now.settings), \
          the others \(others)
          """)
        return
      }
      now = time
      turn()
    }
  }

  /// Puts a message into the keyboard's hands, `delay` seconds from now.
  func play(_ message: MIDIMessage, in delay: Double = 0) {
    let time = now + delay
    let event = MIDIInputEvent.message(TimedMIDI(message: message, source: Self.keyboard, time: time))
    let index = keyboards.waiting.firstIndex { $0.time > time } ?? keyboards.waiting.count
    keyboards.waiting.insert((time, event), at: index)
  }

  /// Tells a change of the wiring.
  func tell(_ event: MIDIInputEvent) {
    keyboards.waiting.append((now, event))
    turn()
  }

  /// Plays a phrase of quarter-second notes and waits until the last key is up.
  func playPhrase(_ pitches: [Int] = [62, 64, 65, 67, 69]) {
    for (index, pitch) in pitches.enumerated() {
      play(.noteOn(channel: 0, pitch: pitch, velocity: 80), in: Double(index) * 0.25)
      play(.noteOff(channel: 0, pitch: pitch, velocity: 64), in: Double(index) * 0.25 + 0.2)
    }
    run(Double(pitches.count) * 0.25 - 0.05)
  }

  /// Notes of the answer that left through the sequencer.
  var answered: [Played] {
    sink.sent.filter { if case .noteOn = $0.message { true } else { false } }
  }
}
