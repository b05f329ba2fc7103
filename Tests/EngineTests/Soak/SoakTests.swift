// Minutes of random playing in moments: nothing keeps sounding, and memory stays as it is.

import Foundation
import MIDI
import MIDIIO
import Testing

@testable import Engine
@testable import Improviser

/// `ANTIPHON_SOAK_MINUTES` makes it longer; the release check plays 30.
private let minutes = ProcessInfo.processInfo.environment["ANTIPHON_SOAK_MINUTES"].flatMap(Double.init) ?? 2

@Suite struct SoakTests {
  /// A phrase, a run, a pedal, a knob, an unplugged keyboard, a command: whatever a player may do next.
  private func act(_ stage: Stage, _ generator: inout SeededGenerator) {
    let channel = Int.random(in: 0..<3, using: &generator)
    switch Int.random(in: 0..<20, using: &generator) {
    case 0: stage.desk.change { $0.orders.append(.panic) }
    case 1: stage.desk.change { $0.orders.append(.handOver) }
    case 2: stage.desk.change { $0.settings.mode = AnswerMode.allCases.randomElement(using: &generator) ?? .answer }
    case 3: stage.desk.change { $0.settings.thru.toggle() }
    case 4:
      let parameter = AnswerSettings.parameters.randomElement(using: &generator)
      let position = Double.random(in: 0...1, using: &generator)
      stage.desk.change { contents in parameter?.set(&contents.settings, parameter?.value(atKnob: position) ?? 0) }
    case 5:
      let value = Int.random(in: 0...127, using: &generator)
      stage.play(.controlChange(channel: channel, controller: 64, value: value))
    case 6: stage.play(.reset)
    default:
      for index in 0..<Int.random(in: 1...12, using: &generator) {
        let pitch = Int.random(in: 30...100, using: &generator)
        let start = Double(index) * Double.random(in: 0...0.3, using: &generator)
        let velocity = Int.random(in: 1...127, using: &generator)
        stage.play(.noteOn(channel: channel, pitch: pitch, velocity: velocity), in: start)
        // Now and then a key is held over the next phrase.
        let length = Double.random(in: 0.02...(index % 7 == 0 ? 3 : 0.4), using: &generator)
        stage.play(.noteOff(channel: channel, pitch: pitch, velocity: 64), in: start + length)
      }
    }
    stage.run(Double.random(in: 0.05...4, using: &generator))
  }

  /// Plays for `minutes`, then lets go of everything.
  ///
  /// - Returns: bytes by which the process grew after the first half minute.
  private func soak(_ stage: Stage, minutes: Double) -> Int {
    stage.voice.forgets = true
    stage.sink.forgets = true
    var generator = SeededGenerator(seed: 11)
    let start = stage.now
    var bytes: Int?
    while stage.now < start + minutes * 60 {
      act(stage, &generator)
      if bytes == nil, stage.now > start + 30 { bytes = residentBytes }
    }
    stage.desk.change { $0.settings.mode = .listen }
    for channel in 0..<3 {
      stage.play(.controlChange(channel: channel, controller: 64, value: 0))
      for pitch in 0..<128 { stage.play(.noteOff(channel: channel, pitch: pitch, velocity: 64)) }
    }
    stage.run(30)
    return residentBytes - (bytes ?? residentBytes)
  }

  @Test(.timeLimit(.minutes(20))) func nothingKeepsSounding() throws {
    let stage = try Stage(seed: 7)
    _ = soak(stage, minutes: minutes)
    #expect(stage.sink.sounding.notes.isEmpty && stage.voice.answer.notes.isEmpty)
    #expect(stage.hands.schedule.soundingCount == 0 && stage.hands.schedule.nextDeadline == nil)
    #expect(stage.dialogue.answered > 0 && stage.dialogue.played > 10)
  }

  /// In a process of its own, for other suites take memory as well.
  @Test(.timeLimit(.minutes(20))) func memoryStaysAsItIs() async {
    await #expect(processExitsWith: .success) {
      let growth = SoakTests().soak(try Stage(seed: 7), minutes: minutes)
      FileHandle.standardError.write(Data("the soak grew by \(growth) bytes\n".utf8))
      exit(growth < 8 << 20 ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }
}
