// The line that the service manager shows.

import Control
import Music
import Testing

@testable import Engine

@Suite struct StatusSentenceTests {
  private func readout(
    input: InputSummary = InputSummary(state: "active", connections: ["system:capture_1"]),
    scale: ScaleName? = nil, confidence: Double = 0, _ change: (inout DialogueSummary) -> Void = { _ in }
  ) -> Readout {
    var dialogue = DialogueSummary()
    change(&dialogue)
    return Readout(
      time: 1, scale: scale, confidence: confidence, candidates: [], chroma: [], tuningCents: 0, levelDB: -20,
      active: true, input: input, dialogue: dialogue)
  }

  private func text(_ readout: Readout, problem: String? = nil) -> String {
    StatusSentence(readout: readout, problem: problem).text
  }

  private let scale = ScaleName(Scale(name: "C♯ dorian"))

  @Test func tellsScaleActivityAndKeyboards() {
    let line = text(readout(scale: scale, confidence: 0.869) { $0.keyboards = ["one", "two"] })
    #expect(line == "C♯ dorian 87 % · listening · 2 keyboards")
    // The ear is sure that there is none.
    #expect(text(readout(scale: ScaleName(nil), confidence: 0.9)) == "no scale · listening · no keyboard")
  }

  @Test(arguments: [
    ("phrase", "answer", 7, "a phrase of 7 notes"), ("phrase", "answer", 1, "a phrase of 1 note"),
    ("answering", "answer", 7, "answering"), ("listening", "answer", 0, "listening"),
    ("listening", "accompany", 0, "accompanying"), ("listening", "listen", 0, "listening only"),
    ("something new", "something new", 0, "listening"),
  ])
  func tellsWhatGoesOn(state: String, mode: String, notes: Int, expected: String) {
    let line = text(
      readout {
        ($0.state, $0.mode, $0.phraseNotes, $0.keyboards) = (state, mode, notes, ["one"])
      })
    #expect(line == "no scale · \(expected) · 1 keyboard")
  }

  @Test func notesAloneAndALockTellTheScaleToo() {
    #expect(text(readout { $0.scale = scale }) == "C♯ dorian · listening · no keyboard")
    let locked = readout(scale: scale, confidence: 0.5) {
      $0.scale = scale
      $0.scaleRule = "lock C♯ dorian"
    }
    #expect(text(locked) == "C♯ dorian locked · listening · no keyboard")
    let pattern = readout(scale: scale, confidence: 0.5) {
      $0.scaleRule = "C morph tritone/interpolation/1:3 tritone/interpolation/1:1"
      $0.pattern = "C thesaurus:tritone/interpolation/1:2"
    }
    #expect(text(pattern) == "C thesaurus:tritone/interpolation/1:2 · listening · no keyboard")
  }

  @Test func withoutAServerTheRemedyStandsInThePlaceOfTheActivity() {
    let waiting = InputSummary(state: "absent", message: "No JACK server is running: start JACK or PipeWire.")
    #expect(
      text(readout(input: waiting) { $0.state = "answering" }, problem: "Another.")
        == "no scale · waiting for JACK (start it or PipeWire) · no keyboard")
    let taken = InputSummary(state: "absent", message: "The client name “a” is taken: choose another.")
    #expect(text(readout(input: taken)) == "no scale · The client name “a” is taken: choose another · no keyboard")
    #expect(text(readout(input: InputSummary(state: "lost"))).contains("· JACK is lost, waiting for it ·"))
    #expect(text(readout(input: InputSummary(state: "open"))).contains("· JACK does not run yet ·"))
  }

  @Test func aProblemGoesBeforeTheActivity() {
    #expect(
      text(readout(), problem: "The input is not analysed: its rate is odd.")
        == "no scale · The input is not analysed: its rate is odd · no keyboard")
    let unwired = InputSummary(state: "active")
    #expect(
      text(readout(input: unwired))
        == "no scale · nothing is connected (plug in a keyboard or connect a source) · no keyboard")
    #expect(text(readout(input: unwired) { $0.keyboards = ["one"] }) == "no scale · listening · 1 keyboard")
  }

  @Test func withoutASequencerTheRemedyStandsInThePlaceOfTheKeyboards() {
    let line = text(readout { $0.message = "No ALSA MIDI: it is not there; load it with \"a\"; keyboards can still." })
    #expect(line == "no scale · listening · No ALSA MIDI: it is not there; load it with \"a\"")
  }
}
