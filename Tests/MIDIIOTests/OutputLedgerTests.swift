// Tests of the output's bookkeeping.

import MIDI
import Testing

@testable import MIDIIO

@Suite struct OutputLedgerTests {
  private func on(_ pitch: Int, channel: Int = 0) -> MIDIMessage {
    .noteOn(channel: channel, pitch: pitch, velocity: 90)
  }
  private func off(_ pitch: Int, channel: Int = 0) -> MIDIMessage {
    .noteOff(channel: channel, pitch: pitch, velocity: 64)
  }
  private func control(_ controller: Int, channel: Int) -> MIDIMessage {
    .controlChange(channel: channel, controller: controller, value: 0)
  }

  @Test func silenceEndsWhatSounds() {
    var ledger = OutputLedger()
    for message in [on(60), on(64, channel: 2), off(60), .programChange(channel: 5, program: 1)] {
      ledger.send(message)
    }
    #expect(
      ledger.silence() == [off(64, channel: 2)]
        + [0, 2, 5].flatMap { [control(123, channel: $0), control(64, channel: $0)] })
    #expect(ledger.silence().isEmpty)
  }

  @Test func releasesAreKeptAndTheRestIsDropped() {
    var ledger = OutputLedger()
    for message in [on(60), off(60), off(60), .pitchBend(channel: 0, value: 5), control(64, channel: 0)] {
      ledger.fail(message)
    }
    #expect(ledger.dropped == 2)
    #expect(ledger.takeWaiting() == [off(60), control(64, channel: 0)])
    #expect(ledger.waiting.isEmpty)
  }

  @Test func aNewNoteIsNotEndedByALateRelease() {
    var ledger = OutputLedger()
    ledger.fail(off(60))
    ledger.fail(off(61))
    ledger.send(on(60))
    #expect(ledger.waiting == [off(61)])
  }

  @Test func whatWaitsIsBounded() {
    var ledger = OutputLedger()
    for channel in 0..<16 {
      for pitch in 0..<128 {
        ledger.fail(off(pitch, channel: channel))
        ledger.fail(.noteOff(channel: channel, pitch: pitch, velocity: 0))
      }
    }
    #expect(ledger.waiting.count == OutputLedger.mostWaiting)
    #expect(ledger.dropped == 4096 - OutputLedger.mostWaiting)
  }
}
