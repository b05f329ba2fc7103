// The ear on synthetic sound: chroma, gaps, changes of the rate, rates that can't be analysed.

import Foundation
import Realtime
import ScaleDetector
import Testing

@testable import AudioIO
@testable import Engine

/// A model with random weights: enough for everything but the truth of its answers.
func modelForTests() throws -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../NeuralTests/Golden/chromalite-3.safetensors").standardizedFileURL
}

/// `seconds` of a tone with a phase of its own.
func tone(_ hertz: Double, seconds: Double, rate: Int, phase: Double = 0) -> [Float] {
  (0..<Int(seconds * Double(rate))).map {
    0.3 * Float(sin(phase + 2 * Double.pi * hertz * Double($0) / Double(rate)))
  }
}

@Suite struct EarTests {
  private func hear(_ ear: Ear, _ samples: [Float], _ block: AudioBlock) -> [ScaleReadout] {
    var readouts: [ScaleReadout] = []
    var block = block
    for start in stride(from: 0, to: samples.count, by: 1000) {
      let part = Array(samples[start..<min(start + 1000, samples.count)])
      block.count = part.count
      part.withUnsafeBufferPointer { ear.process($0, block) { readouts.append($0) } }
      block.missing = 0
    }
    return readouts
  }

  private func loudest(_ readout: ScaleReadout?) -> Int? {
    guard let chroma = readout?.frame.chroma else { return nil }
    return chroma.indices.max { chroma[$0] < chroma[$1] }
  }

  @Test(arguments: [8000, 44_100, 48_000, 96_000])
  func hearsTheTone(rate: Int) throws {
    let ear = Ear(model: try ChromaLite(contentsOf: modelForTests()))
    let readouts = hear(ear, tone(440, seconds: 1, rate: rate), AudioBlock(sampleRate: rate, epoch: 1))
    #expect(loudest(readouts.last) == 9)
    #expect(readouts.last?.frame.isActive == true)
    #expect(ear.readouts == readouts.count && (40...44).contains(readouts.count))
    #expect(ear.rebuilds == 0 && ear.problem == nil)
  }

  @Test func gapStartsAfreshAndTimeGoesOn() throws {
    let ear = Ear(model: try ChromaLite(contentsOf: modelForTests()))
    let before = hear(ear, tone(440, seconds: 1, rate: 48_000), AudioBlock(sampleRate: 48_000, epoch: 1))
    // A quarter of a second is missing, and another tone sounds behind it.
    let after = hear(
      ear, tone(523.25, seconds: 1, rate: 48_000), AudioBlock(sampleRate: 48_000, epoch: 1, missing: 12_000))
    let step = before[1].frame.time - before[0].frame.time
    let last = try #require(before.last).frame.time
    #expect(abs(after[0].frame.time - (last + 0.25 + step)) < 1e-9)
    #expect(loudest(after.last) == 0)
    // Nothing of the tone before the gap is left: what is heard equals what a new ear hears.
    let fresh = hear(
      Ear(model: try ChromaLite(contentsOf: modelForTests())), tone(523.25, seconds: 1, rate: 48_000),
      AudioBlock(sampleRate: 48_000, epoch: 1))
    #expect(after.map(\.frame.chroma) == fresh.map(\.frame.chroma))
  }

  @Test func followsAnotherRate() throws {
    let ear = Ear(model: try ChromaLite(contentsOf: modelForTests()))
    let before = hear(ear, tone(440, seconds: 1, rate: 48_000), AudioBlock(sampleRate: 48_000, epoch: 1))
    let after = hear(ear, tone(440, seconds: 1, rate: 44_100), AudioBlock(sampleRate: 44_100, epoch: 2))
    #expect(ear.rebuilds == 1)
    #expect(loudest(after.last) == 9)
    let (end, next) = (try #require(before.last), try #require(after.first))
    #expect(next.frame.time > end.frame.time)
  }

  @Test func impossibleRateIsNamedAndSurvived() throws {
    let ear = Ear(model: try ChromaLite(contentsOf: modelForTests()))
    #expect(hear(ear, tone(50, seconds: 1, rate: 200), AudioBlock(sampleRate: 200, epoch: 1)).isEmpty)
    #expect(ear.problem?.contains("200") == true)
    let readouts = hear(ear, tone(440, seconds: 1, rate: 48_000), AudioBlock(sampleRate: 48_000, epoch: 2))
    #expect(loudest(readouts.last) == 9 && ear.problem == nil)
  }

  @Test func resetForgetsEverything() throws {
    let ear = Ear(model: try ChromaLite(contentsOf: modelForTests()))
    let block = AudioBlock(sampleRate: 48_000, epoch: 1)
    let first = hear(ear, tone(330, seconds: 1, rate: 48_000), block)
    ear.reset()
    let second = hear(ear, tone(330, seconds: 1, rate: 48_000), block)
    #expect(first.map(\.frame.chroma) == second.map(\.frame.chroma))
    #expect(first.map(\.frame.time) == second.map(\.frame.time))
  }
}
