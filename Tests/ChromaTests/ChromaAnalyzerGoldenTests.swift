// The chain against an independent implementation in NumPy (scripts/golden/chroma.py).

import Foundation
import Testing

@testable import Chroma

/// One signal with the history steps and tunings that NumPy computed.
struct GoldenCase: Decodable, CustomTestStringConvertible {
  var name: String
  var rate: Double
  var seconds: Double
  var noise: Double
  var partials: [[Double]]
  var hop: Int
  var steps: [[Float]]
  var tuningCents: [Float]

  var testDescription: String { name }

  static let all: [GoldenCase] = {
    guard let url = Bundle.module.url(forResource: "chroma", withExtension: "json", subdirectory: "Golden"),
      let data = try? Data(contentsOf: url), let cases = try? JSONDecoder().decode([GoldenCase].self, from: data)
    else { return [] }
    return cases
  }()
}

@Suite struct ChromaAnalyzerGoldenTests {
  @Test func goldenNumbersAreThere() { #expect(GoldenCase.all.count == 6) }

  @Test(arguments: GoldenCase.all)
  func agreesWithNumPy(_ golden: GoldenCase) throws {
    let signal = TestSignal(rate: golden.rate, seconds: golden.seconds, noise: golden.noise, partials: golden.partials)
    let analyzer = try ChromaAnalyzer(sampleRate: golden.rate)
    #expect(analyzer.hop == golden.hop)
    let frames = frames(of: signal.samples, by: analyzer).filter { $0.step != nil }
    #expect(frames.count == golden.steps.count)
    for (frame, (step, tuning)) in zip(frames, zip(golden.steps, golden.tuningCents)) {
      for (value, expected) in zip(try #require(frame.step), step) { #expect(abs(value - expected) < 0.02) }
      #expect(abs(frame.tuningCents - tuning) < 0.2)
    }
  }
}

/// Runs samples through an analyzer in blocks of `period`.
func frames(of samples: [Float], by analyzer: ChromaAnalyzer, period: Int = 1024) -> [ChromaFrame] {
  var frames: [ChromaFrame] = []
  samples.withUnsafeBufferPointer { buffer in
    for start in stride(from: 0, to: buffer.count, by: period) {
      analyzer.process(UnsafeBufferPointer(rebasing: buffer[start..<min(start + period, buffer.count)])) {
        frames.append($0)
      }
    }
  }
  return frames
}
