// A pattern that is played, in the readout and in what people read.

import Foundation
import Testing

@testable import Control

@Suite struct PatternReadoutTests {
  private var readout: Readout {
    var readout = sampleReadout()
    readout.pattern = "C tritone/interpolation/1:1"
    return readout
  }

  @Test func itTravelsAndIsLeftOutWhenThereIsNone() throws {
    let data = try JSONEncoder().encode(readout)
    #expect(try JSONDecoder().decode(Readout.self, from: data) == readout)
    let text = String(decoding: try JSONEncoder().encode(sampleReadout()), as: UTF8.self)
    #expect(!text.contains("pattern"))
  }

  @Test func aLineNamesItBehindTheScale() {
    #expect(WatchLine.text(readout).hasPrefix("E♭ dorian 87 %; Thesaurus: C tritone/interpolation/1:1 · "))
    #expect(!WatchLine.text(sampleReadout()).contains("Thesaurus"))
    var waiting = waitingReadout()
    waiting.pattern = "C tritone/interpolation/1:1"
    // What is missing is a sentence of its own.
    #expect(WatchLine.text(waiting).contains(" · Thesaurus: C tritone/interpolation/1:1"))
  }

  @Test func aPatternThatComesOrGoesIsNews() {
    var line = WatchLine()
    #expect(line.line(sampleReadout(), at: 0) != nil)
    #expect(line.line(readout, at: 2)?.contains("Thesaurus") == true)
    #expect(line.line(readout, at: 4) == nil)
    #expect(line.line(sampleReadout(), at: 6)?.contains("Thesaurus") == false)
  }

  @Test(arguments: [20, 40, 80, 120]) func thePictureKeepsItsShape(width: Int) {
    let plain = WatchView.lines(sampleReadout(), width: width, colours: false)
    let lines = WatchView.lines(readout, width: width, colours: false)
    #expect(lines.count == plain.count && lines.allSatisfy { $0.count <= width })
    if width >= 80 { #expect(lines[1].hasSuffix("; Thesaurus: C tritone/interpolation/1:1")) }
  }
}
