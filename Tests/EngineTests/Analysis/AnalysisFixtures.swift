// Results and sound files made up for the tests of the analysis.
import Foundation
import Music

@testable import Engine

let dDorian = Scale(tonic: PitchClass(wrapping: 2), family: .dorian)
let aMinor = Scale(tonic: PitchClass(wrapping: 9), family: .naturalMinor)

func someResult(file: String = "a.wav", naming: ScaleNaming = .families) -> AnalysisResult {
  AnalysisResult(
    file: file, duration: 12.5, whole: ScaleBelief(scale: dDorian, confidence: 0.91237),
    alternatives: [ScaleBelief(scale: aMinor, confidence: 0.05), ScaleBelief(scale: nil, confidence: 0.01)],
    tuningCents: -3.26, levelDB: -18.04,
    segments: [
      ScaleSegment(start: 0, end: 1.5, scale: nil, confidence: 1),
      ScaleSegment(start: 1.5, end: 12.5, scale: dDorian, confidence: 0.8),
    ],
    steps: [
      AnalysisStep(
        time: 0.186, scale: nil, confidence: 1, levelDB: -20, tuningCents: 0.04, chroma: SIMD16(repeating: 0.25)),
      AnalysisStep(
        time: 0.372, scale: dDorian, confidence: 0.5, levelDB: -20.06, tuningCents: -3, chroma: SIMD16(repeating: 1)),
    ],
    naming: naming, warnings: [])
}

/// A folder that goes away with the test.
final class AnalysisFolder {
  let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("antiphon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a mono WAV of 32-bit floats.
  func wav(_ name: String, _ samples: [Float], rate: UInt32 = 44_100) throws -> String {
    var bytes = Data("RIFF".utf8)
    func put(_ value: UInt32, _ width: Int = 4) {
      bytes.append(contentsOf: (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) })
    }
    put(UInt32(36 + samples.count * 4))
    bytes.append(Data("WAVEfmt ".utf8))
    put(16)
    put(3, 2)
    put(1, 2)
    put(rate)
    put(rate * 4)
    put(4, 2)
    put(32, 2)
    bytes.append(Data("data".utf8))
    put(UInt32(samples.count * 4))
    for sample in samples { put(sample.bitPattern) }
    try bytes.write(to: url.appendingPathComponent(name))
    return path(name)
  }
}

func sine(_ hertz: Double, seconds: Double, rate: Double = 44_100) -> [Float] {
  (0..<Int(seconds * rate)).map { Float(0.5 * sin(2 * .pi * hertz * Double($0) / rate)) }
}
