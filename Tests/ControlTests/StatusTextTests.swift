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
}
