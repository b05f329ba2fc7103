// The hands: phrase in, answer out; whatever happens in between, nothing keeps sounding.

import Control
import MIDI
import MIDIIO
import Music
import Chroma
import ScaleDetector
import Testing

@testable import Engine
@testable import Improviser

@Suite struct HandsTests {
  @Test func phraseIsAnsweredOnAllOutputs() throws {
    let stage = try Stage()
    stage.tell(.connected(Stage.keyboard))
    stage.playPhrase()
    #expect(stage.dialogue.state == "phrase" && stage.dialogue.phraseNotes == 5 && stage.dialogue.played == 5)
    #expect(stage.dialogue.keyboards == ["Keys:MIDI 1"])
    stage.run(1)
    #expect(stage.dialogue.state == "answering")
    #expect(stage.dialogue.phraseNotes == 5)
    stage.run(10)
    #expect(stage.dialogue.state == "listening")
    #expect(stage.dialogue.answered == stage.answered.count && stage.answered.count > 0)
    // JACK and ALSA carry the same notes, and the player's own went to the synthesizer only.
    let onJack = stage.voice.played.filter { if case .noteOn = $0.message { true } else { false } }
    #expect(onJack.map(\.message) == stage.answered.map(\.message))
    #expect(stage.voice.thru.count == 10)
    #expect(stage.sink.sounding.notes.isEmpty && stage.voice.answer.notes.isEmpty && stage.voice.player.notes.isEmpty)
  }

  @Test func sequencerNotesComeAtTheirTime() throws {
    let stage = try Stage()
    stage.playPhrase()
    stage.run(10)
    let asked = stage.voice.played.filter { if case .noteOn = $0.message { true } else { false } }.map(\.time)
    for (sent, asked) in zip(stage.answered.map(\.time), asked) { #expect(abs(sent - asked) < 0.0005) }
    let latency = try #require(stage.dialogue.latencyMilliseconds)
    #expect(latency >= 0 && latency <= 1)
  }

  @Test func playingAgainSilencesTheAnswerAtOnce() throws {
    let stage = try Stage()
    stage.playPhrase()
    while stage.sink.sounding.notes.isEmpty { stage.run(0.01) }
    let count = stage.answered.count
    stage.play(.noteOn(channel: 0, pitch: 60, velocity: 90))
    stage.turn()
    #expect(stage.sink.sounding.notes.isEmpty && stage.voice.answer.notes.isEmpty && stage.voice.waiting.isEmpty)
    #expect(stage.voice.silencedAt == stage.now)
    // The player's own note goes on.
    #expect(stage.voice.player.notes == [[0, 60]])
    stage.run(3)
    #expect(stage.answered.count == count)
    #expect(stage.dialogue.phraseNotes == 1)
  }

  @Test func settingsActOnTheNextNote() throws {
    let stage = try Stage()
    stage.playPhrase()
    while stage.answered.count < 2 { stage.run(0.01) }
    try stage.desk.change { (contents: inout Desk.Contents) throws(SettingError) in
      try contents.settings.set(name: "velocity", value: 0)
    }
    let before = stage.voice.played.count
    stage.run(10)
    let velocities = stage.voice.played.dropFirst(before).compactMap { played -> Int? in
      if case .noteOn(_, _, let velocity) = played.message { velocity } else { nil }
    }
    #expect(!velocities.isEmpty)
    // What was on its way before the change may still come; the rest is as soft as can be.
    #expect(velocities.dropFirst().allSatisfy { $0 < 10 })
  }

  @Test func modeListenIsSilent() throws {
    var settings = AnswerSettings()
    settings.mode = .listen
    let stage = try Stage(settings: settings)
    stage.playPhrase()
    stage.run(5)
    #expect(stage.answered.isEmpty && stage.dialogue.mode == "listen" && stage.dialogue.state == "listening")
  }

  @Test func handOverNeedsNoGap() throws {
    let stage = try Stage()
    stage.play(.noteOn(channel: 0, pitch: 62, velocity: 80))
    stage.play(.noteOn(channel: 0, pitch: 65, velocity: 80), in: 0.2)
    stage.run(0.3)
    stage.desk.change { $0.orders.append(.handOver) }
    stage.turn()
    stage.run(0.05)
    // The keys are still down.
    #expect(stage.dialogue.state == "answering")
  }

  @Test func panicSilencesEverythingAndForgetsThePhrase() throws {
    let stage = try Stage()
    stage.playPhrase()
    while stage.sink.sounding.notes.isEmpty { stage.run(0.01) }
    stage.desk.change { $0.orders.append(.panic) }
    stage.turn()
    #expect(stage.sink.sounding.notes.isEmpty && stage.voice.answer.notes.isEmpty)
    let count = stage.answered.count
    // A phrase that is being played is not answered either.
    stage.play(.noteOn(channel: 0, pitch: 62, velocity: 80))
    stage.run(0.1)
    stage.desk.change { $0.orders.append(.panic) }
    stage.run(5)
    #expect(stage.answered.count == count && stage.voice.player.notes.isEmpty)
    #expect(stage.dialogue.mode == "answer")
    stage.playPhrase()
    stage.run(5)
    #expect(stage.answered.count > count)
  }

  @Test func thruCanBeSwitchedOffWhileKeysAreDown() throws {
    let stage = try Stage()
    stage.play(.noteOn(channel: 0, pitch: 62, velocity: 80))
    stage.play(.controlChange(channel: 0, controller: 64, value: 127))
    stage.run(0.1)
    stage.desk.change { $0.settings.thru = false }
    stage.turn()
    #expect(stage.voice.player.notes.isEmpty)
    #expect(stage.voice.thru.contains(.controlChange(channel: 0, controller: 64, value: 0)))
    let count = stage.voice.thru.count
    stage.play(.noteOn(channel: 0, pitch: 64, velocity: 80))
    stage.run(0.1)
    #expect(stage.voice.thru.count == count)
  }

  @Test func unpluggedKeyboardLetsGo() throws {
    let stage = try Stage()
    stage.tell(.connected(Stage.keyboard))
    stage.play(.noteOn(channel: 0, pitch: 62, velocity: 80))
    stage.run(0.1)
    // As the sequencer client reports it: releases first.
    stage.tell(
      .message(
        TimedMIDI(
          message: .noteOff(channel: 0, pitch: 62, velocity: 64), source: Stage.keyboard, time: stage.now)))
    stage.tell(.disconnected(Stage.keyboard, released: 1))
    #expect(stage.voice.player.notes.isEmpty && stage.dialogue.keyboards.isEmpty)
    stage.run(5)
    #expect(!stage.answered.isEmpty)
  }

  @Test func lossesAndFeedbackAreTold() throws {
    let stage = try Stage()
    stage.tell(.overrun(released: 0))
    stage.tell(.feedbackRefused)
    let warnings = stage.hands.report.warnings
    #expect(warnings.count == 2 && warnings[0].contains("faster than they could be read"))
  }

  @Test func endLeavesNothingSounding() throws {
    let stage = try Stage()
    stage.playPhrase()
    while stage.sink.sounding.notes.isEmpty { stage.run(0.01) }
    stage.play(.noteOn(channel: 9, pitch: 40, velocity: 80))
    stage.turn()
    stage.hands.end()
    #expect(stage.sink.sounding.notes.isEmpty && stage.voice.answer.notes.isEmpty && stage.voice.player.notes.isEmpty)
    #expect(stage.sink.silences == 1)
  }

  @Test func worksWithoutASequencer() throws {
    let stage = try Stage(hasSequencer: false)
    for (index, message) in [
      MIDIMessage.noteOn(channel: 0, pitch: 62, velocity: 80), .noteOff(channel: 0, pitch: 62, velocity: 64),
    ].enumerated() {
      let jack = SourceIdentity(client: "JACK", port: "midi_in")
      stage.voice.incoming.append(
        .message(TimedMIDI(message: message, source: jack, time: stage.now + Double(index) * 0.1)))
      stage.turn()
    }
    stage.run(5)
    #expect(stage.dialogue.answered > 0 && stage.dialogue.played == 1)
  }

  @Test func lockedAnswersStayInTheScale() throws {
    let scale = try #require(Scale(name: "D dorian"))
    var settings = AnswerSettings()
    settings.scaleRule = .lock(scale)
    settings.temperature = 3
    let stage = try Stage(settings: settings)
    for _ in 0..<5 {
      stage.playPhrase()
      stage.run(8)
    }
    for played in stage.answered {
      guard case .noteOn(_, let pitch, _) = played.message else { continue }
      #expect(scale.contains(PitchClass(wrapping: pitch)))
    }
    #expect(stage.dialogue.scaleRule == "lock D dorian" && stage.dialogue.scale?.name == "D dorian")
  }

  @Test func audioEarIsHeard() throws {
    let stage = try Stage()
    let frame = ChromaFrame(time: 1, level: -20, isActive: true, chroma: [], tuningCents: 0, step: nil)
    stage.board.write(ScaleReadout(frame: frame, scale: Scale(name: "E♭ dorian"), confidence: 0.99, candidates: []))
    stage.run(1)
    #expect(stage.dialogue.scale?.name == "E♭ dorian")
    stage.board.write(nil)
    stage.turn()
    #expect(stage.dialogue.scale == nil)
  }
}
