// What a configuration file says: every key, and every mistake with its line.

import AudioIO
import Foundation
import Logging
import MIDIIO
import ScaleDetector
import Synth
import Testing

@testable import Engine
@testable import Improviser

@Suite struct ConfigurationReadingTests {
  @Test func everyKeyIsRead() {
    let reading = ConfigurationReading(
      text: """
        [audio]
        server = "studio"
        name = "duo"
        exact-name = true
        connect = "mic|line"
        playback = "none"
        [keyboards]
        connect = ["Keystation", "nano*"]
        [sound]
        soundfont = "/fonts/piano.sf2"
        rendering = "ahead"
        thru = false
        [answer]
        style = "creative"
        mode = "accompany"
        scale = "D dorian"
        seed = 7
        temperature = 1.25
        register = -12
        bars = 4
        [listen]
        classes = "24"
        [models]
        scales = "/m/s.safetensors"
        notes = "/m/n.safetensors"
        thesaurus = "/m/t.safetensors"
        [controllers]
        temperature = 21
        Density = [22, 23]
        answer = 66
        [osc]
        enabled = true
        address = "::1"
        port = 9000
        send-to = ["127.0.0.1:9001", "studio.local:7000", "[::1]:7001"]
        [record]
        on = true
        audio = true
        limit = "1.5 GB"
        [log]
        level = "debug"
        """)
    #expect(reading.problems == [])
    let said = reading.configuration
    #expect(said.audio.server == "studio" && said.audio.name == "duo" && said.audio.exactName)
    #expect(said.audio.connect == .matching("mic|line") && said.audio.playback == .none)
    #expect(said.keyboards == .matching(["Keystation", "nano*"]))
    #expect(said.sound.soundFont == "/fonts/piano.sf2" && said.sound.rendering == .ahead)
    #expect(said.answer.style == "creative" && said.answer.mode == .accompany && said.answer.seed == 7)
    #expect(said.answer.scale == ScaleRule("D dorian"))
    #expect(said.answer.values == ["thru": 0, "temperature": 1.25, "register": -12, "bars": 4])
    #expect(said.classes == .majorMinor && said.models.scales == "/m/s.safetensors")
    #expect(said.models.notes == "/m/n.safetensors" && said.models.thesaurus == "/m/t.safetensors")
    #expect(said.controllers == [21: "temperature", 22: "density", 23: "density", 66: "answer"])
    #expect(said.osc.isOn && said.osc.address == "::1" && said.osc.port == 9000 && said.osc.receivers.count == 3)
    #expect(said.record.startsOn && said.record.audio && said.record.limitBytes == 1_500_000_000)
    #expect(said.logLevel == .debug)
  }

  @Test(arguments: [
    ("", "all"), ("listen.classes = 24", "all"), ("[keyboards]\nconnect = \"all\"", "all"),
    ("[keyboards]\nconnect = \"none\"", "none"),
    ("keyboards.connect = []", "none"), ("keyboards = { connect = \"Keys\" }", "matching([\"Keys\"])"),
  ])
  func tablesMayBeWrittenInAnyWay(text: String, expected: String) {
    let reading = ConfigurationReading(text: text)
    #expect(reading.problems == [] && "\(reading.configuration.keyboards)" == expected)
  }

  @Test(arguments: [
    ("[answer]\ntemprature = 1", 2, "did you mean temperature"), ("[anser]\n", 1, "did you mean [answer]"),
    ("temperature = 1", 1, "belongs under [answer]"), ("[answer]\nthru = true", 2, "belongs under [sound]"),
    ("[answer]\n\ntemperature = 3.1", 3, "0.1 to 3"), ("[answer]\ndensity = nan", 2, "0.25 to 4"),
    ("[answer]\ndensity = inf", 2, "0.25 to 4"), ("[answer]\nmemory = true", 2, "0 to 1"),
    ("[answer]\nregister = 1979-05-27", 2, "-36 to 36"), ("[answer]\nmirror = [1]", 2, "0 to 1"),
    ("[answer]\nmode = \"acompany\"", 2, "accompany"), ("[answer]\nmode = 1", 2, "quotation marks"),
    ("[answer]\nscale = \"H major\"", 2, "D dorian"), ("[answer]\nseed = -1", 2, "random"),
    ("[answer]\nstyle = 3", 2, "quotation marks"), ("answer = 1", 1, "[answer]"), ("[[answer]]", 1, "a list"),
    ("[sound]\nthru = 1.5", 2, "true or false"), ("[sound]\nrendering = \"befor\"", 2, "in-callback or ahead"),
    ("[sound]\nsoundfont = \"piano.sf2\"", 2, "whole path"), ("[audio]\nexact-name = \"yes\"", 2, "true or false"),
    ("[audio]\nserver = \"a/b\"", 2, "jackd -n"), ("[audio]\nname = \"a:b\"", 2, "colon"),
    ("[audio]\nconnect = \"\"", 2, "every port"), ("[audio]\nplayback = \"\"", 2, "every port"),
    ("[audio]\nname = \"a\\u0007b\"", 2, "cannot be printed"), ("[keyboards]\nconnect = [1]", 2, "quotation marks"),
    ("[keyboards]\nconnect = [\"\"]", 2, "every keyboard"), ("[listen]\nclasses = 12", 2, "24"),
    ("[osc]\nenabled = \"on\"", 2, "true or false"), ("[osc]\nport = 0", 2, "1 to 65535"),
    ("[osc]\nport = 99999999999999999999", 2, "64"), ("[osc]\naddress = \"localhost\"", 2, "127.0.0.1"),
    ("[osc]\nsend-to = [\"a\"]", 2, "host:port"), ("[osc]\nsend-to = \"a:70000\"", 2, "host:port"),
    ("[record]\nlimit = \"lots\"", 2, "2 GB"), ("[record]\nlimit = 1", 2, "10 MB to 100 TB"),
    ("[record]\nlimit = nan", 2, "2 GB"), ("[record]\nlimit = 1e300", 2, "2 GB"),
    ("[log]\nlevel = \"inof\"", 2, "did you mean info"), ("[log]\nlvl = 1", 2, "did you mean level"),
    ("[controllers]\ntemperature = 128", 2, "0 to 127"), ("[controllers]\ntemprature = 1", 2, "temperature"),
    ("[controllers]\ndensity = 1\nmemory = 1", 3, "both density and memory"),
    ("[controllers]\ndensity = 1.5", 2, "0 to 127"), ("[answer]\ndensity = 1\ndensity = 2", 3, "density"),
    ("a = = 1", 1, "column"), ("a = 1\0", 1, "cannot be printed"),
  ])
  func mistakesNameTheLine(text: String, line: Int, hint: String) {
    let problems = ConfigurationReading(text: text).problems
    #expect(problems.count == 1 && problems.first?.line == line, "\(problems)")
    let message = problems.first?.message ?? ""
    #expect(message.contains(hint) && (message.hasSuffix(".") || message.hasSuffix("?")), "\(message)")
    #expect(!message.contains("\n") && message.count < 400)
  }

  @Test func allMistakesAreFoundInTheirOrder() {
    let reading = ConfigurationReading(
      text: "[log]\nlevel = \"x\"\n[answer]\ntemperature = 9\nzzz = 1\ndensity = 2\n[nothing]\na = 1\n")
    #expect(reading.problems.map(\.line) == [2, 4, 5, 7])
    #expect(reading.problems[0].text(path: "/c.toml").hasPrefix("/c.toml:2: level cannot be \"x\""))
  }

  @Test func manyMistakesAreNotAllListed() {
    let lines = (0..<5000).map { "temprature\($0) = 1" }.joined(separator: "\n")
    #expect(ConfigurationReading(text: "[answer]\n" + lines).problems.count == ConfigurationReading.mostProblems)
  }

  /// Damage of every kind: whatever the bytes are, reading ends with a finding or without.
  @Test(arguments: [
    "[controllers]\ndensity = \"D dori\\n\"", "[controllers]\n\"den\\nsity\" = 7", "[\"a\\nb\"]\nx = 1",
    "[daemon]\nlog-level = \"a\\u2028b\"", "[controllers]\ndensity = \"a\\u0085b\"",
  ])
  func aProblemIsOneLineWhateverTheTextHolds(text: String) {
    let problems = ConfigurationReading(text: text).problems
    #expect(!problems.isEmpty)
    #expect(problems.allSatisfy { !$0.message.contains(where: \.isNewline) }, "\(problems)")
  }

  @Test func damagedTextsDoNoHarm() {
    let whole = Array(ConfigurationText.standard.replacingOccurrences(of: "\n#", with: "\n").utf8)
    var random = SystemRandomNumberGenerator()
    let marks = Array("[]{}\"'=.,#\\\n\r\t 0e-:ä\u{0}".utf8)
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = marks.randomElement(using: &random) ?? 0
        case 1: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 20))
        }
      }
      for problem in ConfigurationReading(text: String(decoding: bytes, as: UTF8.self)).problems {
        #expect(!problem.message.isEmpty && !problem.message.contains("\n"))
      }
    }
  }
}
