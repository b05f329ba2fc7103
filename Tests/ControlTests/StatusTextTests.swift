// The text of `antiphon status`.

import Testing

@testable import Control

@Suite struct StatusTextTests {
  @Test func namesEveryFigure() {
    var status = sampleStatus()
    status.uptime = 3 * 3600 + 25 * 60
    status.audio.xruns = 1
    status.audio.callbackMedianMicroseconds = 1.5
    status.audio.callbackMeanMicroseconds = 2
    status.audio.callbackWorstMicroseconds = 40.25
    status.warnings = ["No real-time priority."]
    let text = StatusText.lines(status)
    #expect(text.first == "antiphond  1, up 3 h 25 min, 1 client")
    #expect(text.contains("callback   median 1.5 µs, mean 2.0 µs, worst 40.25 µs"))
    #expect(text.contains("losses     1 xrun, 0 dropped frames, 0 gaps, 0 restarts"))
    #expect(text.contains("analysis   0.3 % of a core, 43 readouts, 0 rebuilds"))
    #expect(text.last == "warning    No real-time priority.")
  }

  @Test func namesTheAnsweringSide() {
    let text = StatusText.lines(answeringStatus())
    #expect(text.contains("keyboards  Digital Piano:MIDI 1"))
    #expect(
      text.contains(
        "answer     answering 7 notes, after 1.5 ms, creative, in E♭ dorian, 21 notes played, 14 answered"))
    #expect(text.contains("voice      /fonts/default-GM.sf3, system:playback_1, 0 dropped events, 1 late"))
    #expect(text.contains("MIDI       ALSA client antiphon, 1 overrun, real-time, 1.0 % of a core"))
  }

  @Test func settingsAreATable() {
    #expect(
      SettingsText.lines(sampleSettings()) == [
        "style        creative (changed)",
        "mode         answer",
        "scale        lock D dorian",
        "temperature  1.2            0.1 to 3   how daring [controller 21]",
        "register     -12 semitones  -36 to 36  higher or lower",
        "thru         on             off, on    sound your own playing",
      ])
  }

  @Test func stylesAreAList() {
    let styles = StyleList(
      current: "b",
      styles: [
        .init(name: "a", summary: "plain", path: "/a", isOwn: false),
        .init(name: "b", summary: "", path: "/b", isOwn: true, problem: "line 3"),
      ])
    #expect(SettingsText.lines(styles) == ["  a  plain", "* b  line 3 (own)"])
  }
}
