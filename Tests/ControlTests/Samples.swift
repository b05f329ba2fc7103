// Values that several tests of the control protocol use, and a folder that removes itself.

import Foundation
import Music

@testable import Control

/// A readout as a player of E♭ dorian sees it.
func sampleReadout(time: Double = 1) -> Readout {
  let scale = ScaleName(Scale(name: "E♭ dorian"))
  return Readout(
    time: time, scale: scale, confidence: 0.87,
    candidates: [
      Candidate(scale: scale, confidence: 0.87),
      Candidate(scale: ScaleName(Scale(name: "B♭ natural_minor")), confidence: 0.08),
      Candidate(scale: ScaleName(nil), confidence: 0.03),
    ],
    chroma: [0.4, 0.1, 0, 1, 0, 0.6, 0.5, 0.05, 0.3, 0, 0.8, 0], tuningCents: 7.2, levelDB: -23.4, active: true,
    input: InputSummary(state: "active", sampleRate: 48000, period: 256, connections: ["system:capture_1"]))
}

/// A readout while there is no audio server.
func waitingReadout() -> Readout {
  Readout(
    time: 1, scale: nil, confidence: 1, candidates: [], chroma: [], tuningCents: 0, levelDB: -.infinity, active: false,
    input: InputSummary(state: "absent"))
}

func sampleStatus() -> Status {
  Status(
    version: "1", uptime: 2, audio: .init(input: sampleReadout().input),
    analysis: .init(load: 0.003, readouts: 43, rebuilds: 0, classes: "all"),
    model: .init(name: "chromalite", path: "/models/chromalite.safetensors"), clients: 1, warnings: [])
}

/// A readout while an answer sounds.
func answeringReadout() -> Readout {
  var readout = sampleReadout()
  var dialogue = DialogueSummary()
  dialogue.keyboards = ["Digital Piano:MIDI 1"]
  dialogue.style = "creative"
  dialogue.state = "answering"
  dialogue.phraseNotes = 7
  dialogue.latencyMilliseconds = 1.5
  dialogue.played = 21
  dialogue.answered = 14
  dialogue.lastPlayed = [63, 66, 70]
  dialogue.lastAnswered = [72, 70]
  dialogue.scale = readout.scale
  readout.dialogue = dialogue
  return readout
}

func answeringStatus() -> Status {
  var status = sampleStatus()
  status.dialogue = answeringReadout().dialogue
  status.voice = .init(
    soundFont: "/fonts/default-GM.sf3", isReady: true, connections: ["system:playback_1"], dropped: 0, late: 1)
  status.midi = .init(client: "antiphon", overruns: 1, model: "/models/notes.safetensors", realtime: true, load: 0.01)
  return status
}

func sampleSettings() -> SettingsList {
  SettingsList(
    style: "creative", isChanged: true, mode: "answer", scaleRule: "lock D dorian",
    settings: [
      .init(name: "temperature", value: 1.2, range: 0.1...3, unit: "", summary: "how daring", controller: 21),
      .init(name: "register", value: -12, range: -36...36, unit: "semitones", summary: "higher or lower"),
      .init(name: "thru", value: 1, range: 0...1, unit: "switch", summary: "sound your own playing"),
    ])
}

/// A folder below the temporary one; short, for a socket's path may have 107 bytes.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/ac-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// A small generator (SplitMix64) whose numbers are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
