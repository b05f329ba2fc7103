// Tests of the ledger of held notes.

import MIDI
import Testing

@Suite struct HeldNotesTests {
  private func on(_ pitch: Int, channel: Int = 0) -> MIDIMessage {
    .noteOn(channel: channel, pitch: pitch, velocity: 80)
  }
  private func off(_ pitch: Int, channel: Int = 0) -> MIDIMessage {
    .noteOff(channel: channel, pitch: pitch, velocity: 64)
  }
  private func control(_ controller: Int, _ value: Int, channel: Int = 0) -> MIDIMessage {
    .controlChange(channel: channel, controller: controller, value: value)
  }

  @Test func releasesComeInOrder() {
    var ledger = HeldNotes<String>()
    for message in [on(64, channel: 3), on(67), on(60), on(60), control(64, 127), off(67)] {
      ledger.hear(message, from: "keys")
    }
    #expect(ledger.keys(heldBy: "keys") == 2)
    #expect(ledger.isHeld(pitch: 60, channel: 0))
    #expect(!ledger.isHeld(pitch: 67, channel: 0))
    #expect(ledger.releaseAll(of: "keys") == [off(60), off(60), control(64, 0), off(64, channel: 3)])
    #expect(ledger.isEmpty)
    #expect(ledger.releaseAll(of: "keys") == [])
  }

  @Test func sourcesAreKeptApart() {
    var ledger = HeldNotes<Int>()
    ledger.hear(on(60), from: 1)
    ledger.hear(on(60), from: 2)
    ledger.hear(off(60), from: 1)
    #expect(!ledger.isHolding(1))
    #expect(ledger.isHeld(pitch: 60, channel: 0))
    #expect(ledger.releaseAll(of: 2) == [off(60)])
  }

  @Test func pedalsAreReleased() {
    var ledger = HeldNotes<Int>()
    for message in [control(64, 63), control(66, 64), control(67, 127)] { ledger.hear(message, from: 0) }
    #expect(!ledger.isPedalDown(0, channel: 0))
    #expect(ledger.releaseAll(of: 0) == [control(66, 0)])
    ledger.hear(control(64, 64), from: 0)
    #expect(ledger.isPedalDown(0, channel: 0))
    ledger.hear(control(121, 0), from: 0)
    #expect(ledger.isEmpty)
  }

  @Test(arguments: [120, 123, 124, 127]) func allNotesOffEndsTheKeysOfItsChannel(_ controller: Int) {
    var ledger = HeldNotes<Int>()
    for message in [on(60), on(61, channel: 1), control(controller, 0)] { ledger.hear(message, from: 0) }
    #expect(ledger.releaseAll(of: 0) == [off(61, channel: 1)])
  }

  @Test func aResetEndsEverythingOfItsSource() {
    var ledger = HeldNotes<Int>()
    for message in [on(60), control(64, 127), .reset] { ledger.hear(message, from: 0) }
    #expect(ledger.isEmpty)
  }

  @Test func aBurstOfAttacksIsNotABurstOfReleases() {
    var ledger = HeldNotes<Int>()
    for _ in 0..<5000 { ledger.hear(on(60), from: 0) }
    #expect(ledger.releaseAll(of: 0).count == HeldNotes<Int>.mostPresses)
  }

  @Test func aReleaseWithoutAnAttackIsHarmless() {
    var ledger = HeldNotes<Int>()
    ledger.hear(off(60), from: 0)
    ledger.hear(.noteOn(channel: 0, pitch: 60, velocity: 0), from: 0)
    #expect(ledger.isEmpty)
    ledger.hear(on(60), from: 0)
    #expect(ledger.keys(heldBy: 0) == 1)
  }

  @Test func afterAnyStreamNothingIsHeld() {
    var random = SplitMix64(state: 4)
    var sounded = 0
    for _ in 0..<200 {
      var ledger = HeldNotes<Int>()
      // A receiver that knows only whether a key sounds and whether a pedal is down.
      var sounding: [Int: Set<MIDIMessage>] = [:]
      func receive(_ message: MIDIMessage, _ source: Int) {
        switch message {
        case .noteOn(let channel, let pitch, _): sounding[source, default: []].insert(on(pitch, channel: channel))
        case .noteOff(let channel, let pitch, _): sounding[source]?.remove(on(pitch, channel: channel))
        case .controlChange(let channel, 64, let value):
          let pedal = control(64, 127, channel: channel)
          if value >= 64 { sounding[source, default: []].insert(pedal) } else { sounding[source]?.remove(pedal) }
        default: break
        }
      }
      for _ in 0..<Int.random(in: 0...300, using: &random) {
        let (channel, pitch) = (Int.random(in: 0..<3, using: &random), Int.random(in: 60..<90, using: &random))
        let messages = [
          on(pitch, channel: channel), off(pitch, channel: channel),
          control(64, Int.random(in: 0...127, using: &random), channel: channel), .clock,
          .pitchBend(channel: channel, value: pitch),
        ]
        let message = messages[Int.random(in: 0..<messages.count, using: &random)]
        let source = Int.random(in: 0..<2, using: &random)
        ledger.hear(message, from: source)
        receive(message, source)
      }
      sounded += sounding.values.reduce(0) { $0 + $1.count }
      for source in 0..<2 {
        for message in ledger.releaseAll(of: source) { receive(message, source) }
      }
      #expect(ledger.isEmpty)
      #expect(sounding.values.allSatisfy { $0.isEmpty })
    }
    #expect(sounded > 1000)
  }
}
