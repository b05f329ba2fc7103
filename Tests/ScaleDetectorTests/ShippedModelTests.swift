// The shipped model behind the whole chain: it names keys, follows a modulation and is silent about noise.

import Chroma
import Foundation
import Music
import Testing

@testable import ScaleDetector

@Suite struct ShippedModelTests {
  private static let rate = 22050.0
  private let model: ChromaLite

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    model = try ChromaLite(contentsOf: root.appending(path: "presets/models/chromalite.safetensors"))
  }

  /// I IV V I in major on `tonic`, with a bass and a scale above it, for `seconds`.
  private func cadences(on tonic: Int, seconds: Int) -> [Float] {
    let chords = [[0, 4, 7], [5, 9, 12], [7, 11, 14], [0, 4, 7]]
    let melody = [12, 14, 16, 17, 19, 17, 16, 14]
    return (0..<seconds * Int(Self.rate)).map { i in
      let t = Double(i) / Self.rate
      let chord = chords[Int(t) % 4]
      let pitches = chord.map { 48 + tonic + $0 } + [36 + tonic + chord[0], 60 + tonic + melody[Int(t * 4) % 8]]
      let fade: Double = exp(-0.5 * (t * 4).truncatingRemainder(dividingBy: 1))
      var sum = 0.0
      for pitch in pitches {
        let frequency: Double = 440 * exp2(Double(pitch - 69) / 12)
        for overtone in 1...3 { sum += sin(2 * Double.pi * frequency * Double(overtone) * t) / Double(overtone) }
      }
      return Float(0.08 * fade * sum)
    }
  }

  private func noise(seconds: Int, amplitude: Float) -> [Float] {
    var state: UInt64 = 7
    return (0..<seconds * Int(Self.rate)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return amplitude * (Float(state >> 40) / 0x1p23 - 1)
    }
  }

  private func readouts(_ samples: [Float], classes: ScaleClasses = .all) throws -> [ScaleReadout] {
    let analyzer = try ChromaAnalyzer(sampleRate: Self.rate)
    let detector = ScaleDetector(model: model, classes: classes)
    var readouts: [ScaleReadout] = []
    samples.withUnsafeBufferPointer { analyzer.process($0) { readouts.append(detector.process($0)) } }
    return readouts
  }

  @Test(arguments: [0, 3, 6, 11])
  func cadencesNameTheirKeyWithinFiveSeconds(_ tonic: Int) throws {
    let expected = Scale(tonic: PitchClass(wrapping: tonic), family: .major)
    for readout in try readouts(cadences(on: tonic, seconds: 10)) where readout.frame.time > 5 {
      #expect(readout.scale == expected)
      #expect(readout.confidence > 0.4 && readout.candidates.count == 4)
    }
  }

  @Test func aModulationIsFollowedWithinEightSeconds() throws {
    let shown = try readouts(cadences(on: 0, seconds: 24) + cadences(on: 6, seconds: 16), classes: .majorMinor)
    #expect(shown.last { $0.frame.time < 24 }?.scale?.tonic.rawValue == 0)
    for readout in shown where readout.frame.time > 32 { #expect(readout.scale?.tonic.rawValue == 6) }
    let changes = zip(shown, shown.dropFirst()).filter { $0.0.frame.time > 3 && $0.0.scale != $0.1.scale }
    #expect(changes.count <= 2, "it does not flicker on the way")
  }

  @Test func silenceAndNoiseHaveNoScale() throws {
    let silence = [Float](repeating: 0, count: 5 * Int(Self.rate))
    #expect(try readouts(silence).allSatisfy { $0.scale == nil })
    for readout in try readouts(noise(seconds: 8, amplitude: 0.3)) where readout.frame.time > 1 {
      #expect(readout.scale == nil)
    }
  }

  @Test func afterTwoSecondsOfSilenceNothingIsShown() throws {
    let shown = try readouts(cadences(on: 2, seconds: 8) + [Float](repeating: 0, count: 14 * Int(Self.rate)))
    #expect(shown.last { $0.frame.time < 8 }?.scale?.tonic.rawValue == 2)
    for readout in shown where readout.frame.time > 10.5 { #expect(readout.scale == nil) }
  }
}
