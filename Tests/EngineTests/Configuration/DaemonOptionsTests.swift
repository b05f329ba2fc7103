// What goes before what: option, environment, file, default.

import AudioIO
import MIDIIO
import ScaleDetector
import Testing

@testable import Engine
@testable import Improviser

@Suite struct DaemonOptionsTests {
  private let file = ConfigurationReading(
    text: "[audio]\nname = \"filed\"\n[sound]\nsoundfont = \"/file.sf2\"\nthru = true\n[answer]\nmode = \"listen\"\n"
  ).configuration

  @Test func nothingSaidLeavesTheFile() {
    #expect(DaemonOptions().applied(to: file, environment: [:]) == file)
    #expect(DaemonOptions().applied(to: file, environment: ["ANTIPHON_SOUNDFONT": ""]) == file)
  }

  @Test func environmentGoesBeforeTheFileAndOptionsBeforeBoth() {
    let environment = ["ANTIPHON_SOUNDFONT": "/environment.sf2"]
    var options = DaemonOptions()
    #expect(options.applied(to: file, environment: environment).sound.soundFont == "/environment.sf2")
    options.soundFont = "/option.sf2"
    #expect(options.applied(to: file, environment: environment).sound.soundFont == "/option.sf2")
  }

  @Test func everyOptionIsApplied() {
    var options = DaemonOptions()
    options.server = "s"
    options.name = "n"
    options.exactName = true
    options.connect = .matching("c")
    options.playback = PlaybackPolicy.none
    options.keyboards = .matching(["k"])
    options.isAhead = true
    options.thru = false
    options.style = "creative"
    options.mode = .accompany
    options.seed = 3
    options.scaleModel = "/s"
    options.noteModel = "/n"
    options.classes = .majorMinor
    options.logLevel = .debug
    let result = options.applied(to: file, environment: [:])
    #expect(result.audio.server == "s" && result.audio.name == "n" && result.audio.exactName)
    #expect(result.audio.connect == .matching("c") && result.audio.playback == .none)
    #expect(result.keyboards == .matching(["k"]) && result.sound.rendering == .ahead)
    #expect(result.answer.values["thru"] == 0 && result.answer.style == "creative" && result.answer.mode == .accompany)
    #expect(result.answer.seed == 3 && result.models.scales == "/s" && result.models.notes == "/n")
    #expect(result.classes == .majorMinor && result.logLevel == .debug)
  }
}
