// The picture of `antiphon watch`, line by line.

import Music
import Testing

@testable import Control

@Suite struct WatchViewTests {
  @Test func goldenPicture() {
    let lines = WatchView.lines(sampleReadout(), width: 80, colours: false)
    #expect(
      lines == [
        "  █▀▀▀ █",
        "  █▀▀  █▀▀▄  dorian",
        "  █▄▄▄ █▄▀   ██████████████████████████▏┈┈┈ 87 %",
        "  or B♭ natural minor 8 %  ·  no scale 3 %",
        "",
        "                    █████",
        "                    █████                                     ▆▆▆▆▆",
        "                    █████       ▅▅▅▅▅                         █████",
        "  ▃▃▃▃▃             █████       █████ █████                   █████",
        "  █████             █████       █████ █████       ▆▆▆▆▆       █████",
        "  █████ ▅▅▅▅▅       █████       █████ █████ ▂▂▂▂▂ █████       █████",
        "    C    D♭     D    E♭     E     F    G♭     G    A♭     A    B♭     B",
        "    •     •           ●           •     •           •           •",
        "  tuning  ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┊┈┈▲┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈  +7 cents",
        "  level   █████████████████████████┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈  -23 dB",
        "  input   48000 Hz, 256 frames, system:capture_1", "",
      ])
  }

  @Test func showsTheDialogue() {
    let lines = WatchView.lines(answeringReadout(), width: 80, colours: false)
    #expect(
      lines.suffix(3) == [
        "  keys    Digital Piano:MIDI 1",
        "  answer  answering 7 notes, after 1.5 ms  creative, in E♭ dorian",
        "  notes   E♭4 G♭4 B♭4  ▸ C5 B♭4",
      ])
    var readout = answeringReadout()
    readout.dialogue?.keyboards = []
    readout.dialogue?.learning = "density"
    let text = WatchView.lines(readout, width: 80, colours: false).joined(separator: "\n")
    #expect(text.contains("no keyboard yet") && text.contains("move a knob for density"))
  }

  @Test func namesFromElsewhereCannotDriveTheTerminal() {
    var readout = answeringReadout()
    readout.dialogue?.keyboards = ["bad\u{1B}[2J\nname"]
    let lines = WatchView.lines(readout, width: 80, colours: false)
    #expect(lines.contains("  keys    bad?[2J?name"))
  }

  @Test(arguments: [0, 1, 10, 20, 26, 30, 38, 50, 62, 80, 200], [true, false])
  func fitsEveryWidth(width: Int, colours: Bool) {
    for readout in [sampleReadout(), waitingReadout(), answeringReadout()] {
      let lines = WatchView.lines(readout, width: width, colours: colours)
      for line in lines { #expect(visible(line).count <= width) }
      guard readout.dialogue == nil else { continue }
      // The same number of lines whatever is heard: the picture is redrawn in place.
      #expect(lines.count == WatchView.lines(waitingReadout(), width: width, colours: colours).count)
    }
  }

  @Test(arguments: [(24, 17), (17, 16), (14, 13), (13, 12), (5, 12)])
  func lowTerminalsGetShorterBars(height: Int, lines: Int) {
    #expect(WatchView.lines(sampleReadout(), width: 80, height: height, colours: false).count == lines)
  }

  @Test func coloursChangeNothingElse() {
    let plain = WatchView.lines(sampleReadout(), width: 80, colours: false)
    let coloured = WatchView.lines(sampleReadout(), width: 80, colours: true)
    #expect(coloured.joined().contains("\u{1B}[1;36m"))
    #expect(!plain.joined().contains("\u{1B}"))
    #expect(coloured.map { trimmed(visible($0)) } == plain)
  }

  @Test func saysWhatIsMissing() {
    let text = WatchView.lines(waitingReadout(), width: 80, colours: false).joined(separator: "\n")
    #expect(text.contains("no scale"))
    #expect(text.contains("waiting for JACK"))
  }

  @Test func spellsTheNotesForTheScale() {
    #expect(NoteNames(Scale(name: "C♯ minor")).names.contains("D♯"))
    #expect(NoteNames(Scale(name: "E♭ dorian")).names.contains("G♭"))
    #expect(NoteNames(nil).isInScale.allSatisfy { !$0 })
    let names = NoteNames(Scale(name: "D dorian"))
    #expect(names.tonic == 2 && names.isInScale.filter { $0 }.count == 7)
  }

  @Test func unknownFamilyIsShownByName() {
    var readout = sampleReadout()
    readout.scale?.family = "enigmatic"
    readout.scale?.name = "E♭ enigmatic"
    #expect(WatchView.lines(readout, width: 80, colours: false).joined().contains("enigmatic"))
  }

  @Test func metersReachTheirEnds() {
    #expect(Meter.bar(0, width: 4) == ("", "┈┈┈┈"))
    #expect(Meter.bar(1, width: 4) == ("████", ""))
    #expect(Meter.bar(0.5, width: 1) == ("▌", ""))
    #expect(Meter.column(0.5, height: 2) == [" ", "█"])
    #expect(Meter.needle(-1, width: 5) == "▲┈┊┈┈")
    #expect(Meter.needle(1, width: 5) == "┈┈┊┈▲")
    #expect(Meter.needle(0, width: 5) == "┈┈▲┈┈")
  }

  private func visible(_ line: String) -> String {
    line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
  }

  private func trimmed(_ line: String) -> String {
    line.replacing(/[ ]+$/, with: "")
  }
}
