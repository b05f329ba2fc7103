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
