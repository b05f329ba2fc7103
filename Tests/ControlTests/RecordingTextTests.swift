// How recording stands, in words.
import Testing

@testable import Control

@Suite struct RecordingTextTests {
  @Test(arguments: [
    (0, "0"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (9949, "9.9 kB"), (9950, "10 kB"),
    (999_499, "999 kB"), (999_500, "1.0 MB"), (340_000_000, "340 MB"), (2_000_000_000, "2.0 GB"),
    (12_345_678_901_234, "12 TB"),
  ])
  func sizesHaveTwoOrThreeDigits(bytes: Int, text: String) {
    #expect(ByteText.text(bytes) == text)
  }

  @Test func theStateIsASentence() {
    var summary = RecordingSummary(
      isOn: true, audio: false, folder: "/home/eva/.local/state/antiphon/recordings", limit: 2_000_000_000)
    let home = "/home/eva"
    #expect(
      summary.lines(home: home) == [
        "Recording to ~/.local/state/antiphon/recordings; MIDI. 0 of 2.0 GB used."
      ])
    summary.audio = true
    summary.bytes = 1_234_567
    summary.file = summary.folder + "/2026-11-21 20.15.03.mid"
    #expect(
      summary.lines(home: home) == [
        "Recording to ~/.local/state/antiphon/recordings; MIDI and FLAC. 1.2 MB of 2.0 GB used.",
        "Now: 2026-11-21 20.15.03.mid",
      ])
    summary = RecordingSummary(isOn: false, audio: false, folder: "/srv/takes", bytes: 5, limit: 10, message: "Full.")
    #expect(summary.lines(home: "/") == ["Recording is off; /srv/takes: 5 bytes of 10 bytes used.", "Full."])
  }
}
