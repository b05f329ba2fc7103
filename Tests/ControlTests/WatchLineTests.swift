// The plain lines of `antiphon watch`.

import Music
import Testing

@testable import Control

@Suite struct WatchLineTests {
  private func readout(_ name: String) -> Readout {
    var readout = sampleReadout()
    readout.scale = ScaleName(Scale(name: name))
    return readout
  }

  @Test func saysTheScaleAndTheNextTwo() {
    #expect(
      WatchLine.text(sampleReadout()) == "E♭ dorian 87 % · or B♭ natural minor 8 %, no scale 3 % · +7 cents · -23 dB")
    #expect(WatchLine.text(waitingReadout()) == "waiting for JACK")
  }

  @Test func speaksOnChangeAndAtMostOnceASecond() {
    var filter = WatchLine()
    #expect(filter.line(readout("C major"), at: 0) != nil)
    #expect(filter.line(readout("C major"), at: 5) == nil)
    #expect(filter.line(readout("G major"), at: 5.1) != nil)
    #expect(filter.line(readout("D major"), at: 5.6) == nil)
    #expect(filter.line(readout("D major"), at: 6.2) != nil)
    #expect(filter.line(readout("A major"), at: 6.5) == nil)
    // Changed back within the second: nothing to say.
    #expect(filter.line(readout("D major"), at: 7.5) == nil)
  }
}
