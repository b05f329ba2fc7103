// A day of the daemon on a virtual clock: playing, long silence, faults and commands, and a count of everything.

import Control
import Foundation
import MIDI
import MIDIIO
import ScaleDetector

@testable import AudioIO
@testable import Engine
@testable import Improviser

/// Hands, ear, supervisor, commands and feed as the daemon wires them, driven by a script of random numbers.
final class Day {
  /// What was done, and what came of it.
  struct Tally: Equatable {
    var played = 0
    var answered = 0
    var ended = 0
    var phrases = 0
    var answers = 0
    var commands = 0
    var refusals = 0
    var overruns = 0
    var kills = 0
    var rebuilds = 0
  }

  let stage: Stage
  let ear: Ear
  let server = VirtualServer()
  private(set) var supervisor: Supervisor!
  private(set) var tally = Tally()
  /// Hours of silence, of playing.
  private(set) var silence = 0.0
  private let commands: AnsweringCommands
  private var news: DialogueNews
  private var generator: SeededGenerator
  private var block = AudioBlock(count: 2000, sampleRate: 8000, epoch: 1)
  private var phase = 0.0

  /// - Parameter state: where the controllers' map is kept.
  init(seed: UInt64, state: String) throws {
    stage = try Stage(seed: seed)
    stage.voice.forgets = true
    stage.sink.forgets = true
    ear = Ear(model: try ChromaLite(contentsOf: modelForTests()))
    news = DialogueNews(start: stage.now)
    generator = SeededGenerator(seed: seed)
    commands = AnsweringCommands(
      desk: stage.desk, styles: StyleStore(), controllers: ControllerFile(path: state + "/controllers.toml"),
      state: { "listening" })
    supervisor = Supervisor(
      backend: server, keepers: [.input: ConnectionKeeper(policy: .firstCapture)], report: { _ in })
    stage.tell(.connected(Stage.keyboard))
    pass(1)
    fillMemory()
  }

  /// The memory of what the player plays has its room from the beginning, but touches it only as it fills: were it not
  /// full, that would look like a leak for a day.
  private func fillMemory() {
    stage.desk.change { $0.settings.mode = .listen }
    for index in 0..<EventMemory.capacity {
      // Nothing repeats, so that as much as possible is to be remembered.
      let pitch = Int.random(in: 30...100, using: &generator)
      press(0, pitch)
      stage.play(.noteOff(channel: 0, pitch: pitch, velocity: 64), in: 0.1)
      stage.run(Double.random(in: 0.1...0.6, using: &generator))
      if index % 1000 == 0 { take() }
    }
    stage.desk.change { $0.settings.mode = .answer }
    pass(10)
  }

  /// Lives for so many hours, then everybody lets go.
  ///
  /// - Parameter onHour: called after each.
  func live(hours: Int, onHour: (Int) -> Void) {
    let begin = stage.now
    for hour in 1...hours {
      while stage.now < begin + Double(hour) * 3600 { scene() }
      onHour(hour)
    }
    command(#"{"command":"mode","mode":"listen"}"#)
    letGo()
    pass(30)
  }

  private func scene() {
    switch Int.random(in: 0..<16, using: &generator) {
    case 0..<3:
      let seconds = Double.random(in: 60...1200, using: &generator)
      silence += seconds / 3600
      pass(seconds)
    case 3: unplug()
    case 4:
      letGo()
      stage.tell(.overrun(released: 0))
      tally.overruns += 1
    case 5: killServer()
    case 6: listen()
    case 7...9: for _ in 0..<20 { randomCommand() }
    default: for _ in 0..<10 { play() }
    }
  }

  // MARK: The clock

  private func pass(_ seconds: Double) {
    let end = stage.now + seconds
    while stage.now < end {
      let step = supervisor.state == .active ? 1.0 : 0.1
      stage.run(min(step, end - stage.now))
      if server.isRunning { server.session?.cycles += 10 }
      supervisor.tick(now: stage.now)
    }
    take()
  }

  /// What the daemon's main thread does with the feed.
  private func take() {
    for message in news.messages(stage.feed.take()) {
      _ = LineCodec.encode(message)
      switch message {
      case .notes(let notes):
        for note in notes where note.voice != .player {
          if note.velocity > 0 { tally.answered += 1 } else { tally.ended += 1 }
        }
      case .phrase(let turn):
        if turn.event == .began { tally.phrases += 1 }
        if turn.event == .answered { tally.answers += 1 }
      default: break
      }
    }
  }

  // MARK: The player

  private func play() {
    let channel = Int.random(in: 0..<3, using: &generator)
    for index in 0..<Int.random(in: 1...10, using: &generator) {
      let pitch = Int.random(in: 40...90, using: &generator)
      let start = Double(index) * Double.random(in: 0...0.3, using: &generator)
      let length = Double.random(in: 0.02...(index == 7 ? 3 : 0.4), using: &generator)
      press(channel, pitch, in: start)
      stage.play(.noteOff(channel: channel, pitch: pitch, velocity: 64), in: start + length)
    }
    if Int.random(in: 0..<8, using: &generator) == 0 {
      let value = Int.random(in: 0...127, using: &generator)
      stage.play(.controlChange(channel: channel, controller: 64, value: value))
    }
    pass(Double.random(in: 0.5...8, using: &generator))
  }

  private func press(_ channel: Int, _ pitch: Int, in delay: Double = 0) {
    stage.play(.noteOn(channel: channel, pitch: pitch, velocity: 90), in: delay)
    tally.played += 1
  }

  /// Releases as the sequencer's ledger gives them when nobody knows what is held.
  private func letGo() {
    pass(4)
    for channel in 0..<3 {
      stage.play(.controlChange(channel: channel, controller: 64, value: 0))
      for pitch in 0..<128 { stage.play(.noteOff(channel: channel, pitch: pitch, velocity: 64)) }
    }
    pass(0.1)
  }

  // MARK: Faults

  private func unplug() {
    press(0, 60)
    pass(0.2)
    stage.play(.noteOff(channel: 0, pitch: 60, velocity: 64))
    pass(0.1)
    stage.tell(.disconnected(Stage.keyboard, released: 1))
    pass(Double.random(in: 1...60, using: &generator))
    stage.tell(.connected(Stage.keyboard))
  }

  private func killServer() {
    let rates = [8000, 11_025, 16_000, 22_050].filter { $0 != block.sampleRate }
    server.end(tells: Bool.random(using: &generator))
    stage.board.write(nil)
    pass(Double.random(in: 3...20, using: &generator))
    server.isRunning = true
    pass(3)
    tally.kills += 1
    block.sampleRate = rates.randomElement(using: &generator) ?? 8000
    block.epoch += 1
    block.count = block.sampleRate / 4
    if ear.readouts > 0 { tally.rebuilds += 1 }
    hear()
  }

  // MARK: The instrument

  private func listen() {
    for _ in 0..<40 { hear() }
  }

  /// A quarter of a second of sound, now and then behind missing frames.
  private func hear() {
    let notes: [Double] = [220.0, 261.63, 293.66, 329.63, 392.0]
    let hertz: Double = notes.randomElement(using: &generator) ?? 220.0
    let step: Double = 2 * Double.pi * hertz / Double(block.sampleRate)
    let samples = (0..<block.count).map { Float(0.3 * sin(phase + Double($0) * step)) }
    phase = (phase + Double(block.count) * step).truncatingRemainder(dividingBy: 2 * .pi)
    block.missing = Int.random(in: 0..<50, using: &generator) == 0 ? 480 : 0
    samples.withUnsafeBufferPointer { samples in
      ear.process(samples, block) { stage.board.write($0) }
    }
    pass(0.25)
  }

  // MARK: The clients

  private func randomCommand() {
    let parameter = AnswerSettings.parameters.randomElement(using: &generator)
    let value = parameter?.value(atKnob: Double.random(in: 0...1, using: &generator)) ?? 0
    let lines = [
      #"{"command":"set","name":"\#(parameter?.name ?? "")","value":\#(value)}"#, #"{"command":"settings"}"#,
      #"{"command":"style","name":"balanced"}"#, #"{"command":"mode","mode":"accompany"}"#,
      #"{"command":"mode","mode":"answer"}"#, #"{"command":"scale","rule":"lock","scale":"D dorian"}"#,
      #"{"command":"scale","rule":"follow"}"#, #"{"command":"panic"}"#, #"{"command":"styles"}"#,
      #"{"command":"learn","name":"density","controller":21}"#, #"{"command":"forget"}"#,
      #"{"command":"learn","name":"memory"}"#,
    ]
    let wrong = [
      #"{"command":"set","name":"temperature","value":1e999}"#, #"{"command":"mode","mode":"sing"}"#, "{", "[[[[",
      #"{"command":"style","name":"no such style"}"#, #"{"command":"scale","rule":"lock","scale":"H dur"}"#,
    ]
    if Int.random(in: 0..<4, using: &generator) == 0 {
      command(wrong.randomElement(using: &generator) ?? "{", isWrong: true)
    } else {
      command(lines.randomElement(using: &generator) ?? "{")
    }
    pass(Double.random(in: 0.1...2, using: &generator))
  }

  private func command(_ line: String, isWrong: Bool = false) {
    tally.commands += 1
    let reply: Message
    do {
      reply = commands.answer(try LineCodec.request(Array(line.utf8)))
    } catch {
      reply = .failure(error)
    }
    _ = LineCodec.encode(reply)
    guard case .failure = reply else { return }
    // Only what is wrong is refused; every other refusal would make the count differ.
    tally.refusals += isWrong ? 0 : 1
  }
}
