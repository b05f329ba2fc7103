// What the chroma of known sounds must look like.

import Foundation
import Testing

@testable import Chroma

@Suite struct ChromaAnalyzerTests {
  /// Pitch classes by falling strength, all registers together, over the whole of a signal.
  private func ranking(_ frames: [ChromaFrame]) -> [Int] {
    var sums = [Float](repeating: 0, count: 12)
    for step in frames.compactMap(\.step) { for i in step.indices { sums[i % 12] += step[i] } }
    return (0..<12).sorted { sums[$0] > sums[$1] }
  }

  private func analyse(_ partials: [[Double]], rate: Double = 44100, seconds: Double = 2) throws -> [ChromaFrame] {
    let samples = TestSignal(rate: rate, seconds: seconds, partials: partials).samples
    return frames(of: samples, by: try ChromaAnalyzer(sampleRate: rate))
  }

  @Test(arguments: 28...99)
  func aSineIsItsPitchClass(_ pitch: Int) throws {
    #expect(ranking(try analyse(TestSignal.tone(pitch: Double(pitch), partials: 1)))[0] == pitch % 12)
  }

  @Test(arguments: 28...80)
  func aToneWithOvertonesIsItsFundamental(_ pitch: Int) throws {
    #expect(ranking(try analyse(TestSignal.tone(pitch: Double(pitch), partials: 10)))[0] == pitch % 12)
  }

  @Test func longSilenceIsSkippedAndHeardAsSilence() throws {
    let chord = [57.0, 60, 64].flatMap { TestSignal.tone(pitch: $0, amplitude: 0.1, partials: 4) }
    let sound = TestSignal(rate: 44100, seconds: 2, partials: chord).samples
    // Far below anything that is heard, but no zeros: nothing is skipped.
    let faint = (0..<441_000).map { Float($0 % 2 == 0 ? 1e-12 : -1e-12) }
    let zeros = [Float](repeating: 0, count: faint.count)
    let skipped = frames(of: sound + zeros + sound, by: try ChromaAnalyzer(sampleRate: 44100))
    let heard = frames(of: sound + faint + sound, by: try ChromaAnalyzer(sampleRate: 44100))
    #expect(skipped.count == heard.count && skipped.contains { !$0.isActive })
    var difference: Float = 0
    for (one, other) in zip(skipped, heard) {
      #expect(one.isActive == other.isActive && one.time == other.time)
      for (a, b) in zip(one.chroma + (one.step ?? []), other.chroma + (other.step ?? [])) {
        difference = max(difference, abs(a - b))
      }
    }
    #expect(difference < 1e-4)
  }

  @Test(arguments: [8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176_400, 192_000.0])
  func everyRateHearsTheSameChord(_ rate: Double) throws {
    let chord = [50.0, 65, 69].flatMap { TestSignal.tone(pitch: $0, amplitude: 0.1, partials: 3) }
    #expect(Set(ranking(try analyse(chord, rate: rate)).prefix(3)) == [2, 5, 9])
  }

  @Test(arguments: [-49, -31.77, -20, 11.77, 30, 49.0])
  func aDetunedChordIsHeardAndItsTuningNamed(_ cents: Double) throws {
    let chord = [57.0, 60, 64].flatMap { TestSignal.tone(pitch: $0 + cents / 100, amplitude: 0.1, partials: 4) }
    let frames = try analyse(chord)
    #expect(Set(ranking(frames).prefix(3)) == [9, 0, 4])
    let error = (Double(try #require(frames.last).tuningCents) - cents + 150).truncatingRemainder(dividingBy: 100) - 50
    #expect(abs(error) < 5, "\(error) cents off")
  }

  @Test func theTuningFollowsAnotherInstrument() throws {
    let first = TestSignal.tone(pitch: 69 - 0.3, from: 0, to: 10, partials: 4)
    let second = TestSignal.tone(pitch: 69 + 0.1, from: 10, partials: 4)
    let frames = try analyse(first + second, seconds: 50)
    #expect(abs(frames[frames.count / 6].tuningCents + 30) < 5)
    #expect(abs(try #require(frames.last).tuningCents - 10) < 5)
  }

  @Test(arguments: [16, 64, 1000, 1024, 8192, 100_000])
  func thePeriodChangesNothing(_ period: Int) throws {
    let samples = TestSignal(rate: 48000, seconds: 2, noise: 0.01, partials: TestSignal.tone(pitch: 60)).samples
    let reference = frames(of: samples, by: try ChromaAnalyzer(sampleRate: 48000), period: samples.count)
    let result = frames(of: samples, by: try ChromaAnalyzer(sampleRate: 48000), period: period)
    #expect(result.map(\.step) == reference.map(\.step))
    #expect(result.map(\.chroma) == reference.map(\.chroma))
    #expect(zip(result, reference).allSatisfy { abs($0.level - $1.level) < 1e-3 })
  }

  @Test func resetForgetsEverything() throws {
    let analyzer = try ChromaAnalyzer(sampleRate: 44100)
    let samples = TestSignal(rate: 44100, seconds: 1, partials: TestSignal.tone(pitch: 61)).samples
    let first = frames(of: samples, by: analyzer)
    analyzer.reset()
    let second = frames(of: samples, by: analyzer)
    #expect(first.map(\.step) == second.map(\.step))
    #expect(first.map(\.tuningCents) == second.map(\.tuningCents))
  }

  @Test func silenceIsSilent() throws {
    let frames = try analyse([])
    #expect(frames.allSatisfy { !$0.isActive && $0.chroma.allSatisfy { $0 == 0 } && $0.level <= -119 })
    #expect(frames.compactMap(\.step).allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  @Test func theLevelIsRootMeanSquare() throws {
    let frames = try analyse([[1000, 0.5, 0, 9]])
    #expect(abs(try #require(frames.last).level - -9.03) < 0.05)
  }

  @Test func drumsDoNotHideATone() throws {
    // A burst of noise of 60 ms, three times a second, 6 dB over the peaks of the tone.
    var drums = TestSignal(rate: 44100, seconds: 4, noise: 0.4, partials: []).samples
    for i in drums.indices where i % 14700 > 2646 { drums[i] = 0 }
    let tone = TestSignal(rate: 44100, seconds: 4, partials: [[440, 0.2, 0, 9]]).samples
    let steps = frames(of: zip(drums, tone).map(+), by: try ChromaAnalyzer(sampleRate: 44100)).compactMap(\.step)
    for step in steps.dropFirst(2) {
      let others = step.enumerated().filter { $0.offset % 12 != 9 }.map(\.element)
      #expect(step[12 + 9] > 1.5 * (others.max() ?? 9))
    }
  }

  @Test func aSingleBurstDoesNotPassTheMedian() throws {
    var burst = TestSignal(rate: 44100, seconds: 2, noise: 0.4, partials: []).samples
    for i in burst.indices where i < 44100 || i > 44100 + 441 { burst[i] = 0 }
    let steps = frames(of: burst, by: try ChromaAnalyzer(sampleRate: 44100)).compactMap(\.step)
    // Above the crossover, where windows are short, nothing remains.
    #expect(steps.allSatisfy { $0[24...].allSatisfy { $0 == 0 } })
  }

  @Test func aNoteShowsWithinOneHop() throws {
    let samples = TestSignal(rate: 48000, seconds: 2, partials: TestSignal.tone(pitch: 64, from: 1, partials: 4)).samples
    let analyzer = try ChromaAnalyzer(sampleRate: 48000)
    let frames = frames(of: samples, by: analyzer, period: 64)
    let first = try #require(frames.first { $0.isActive })
    #expect(first.time - 1 <= Double(analyzer.hop + 64) / 48000)
    let named = try #require(frames.first { $0.chroma[4] == $0.chroma.max() && $0.chroma[4] > 0.5 })
    #expect(named.time - 1 < 0.15)
  }

  @Test func samplesThatAreNoNumbersAreSilence() throws {
    var samples = TestSignal(rate: 44100, seconds: 1, partials: TestSignal.tone(pitch: 60)).samples
    for i in stride(from: 0, to: samples.count, by: 97) { samples[i] = [Float.nan, .infinity, -.infinity, 1e30][i % 4] }
    let analyzer = try ChromaAnalyzer(sampleRate: 44100)
    let frames = frames(of: samples, by: analyzer)
    #expect(analyzer.replacedSamples > 0)
    #expect(frames.allSatisfy { $0.level.isFinite && $0.chroma.allSatisfy(\.isFinite) })
    #expect(frames.compactMap(\.step).joined().allSatisfy { $0.isFinite })
  }

  @Test(arguments: [0, 200, 7999, 192_001, 1e6, .nan, .infinity, -44100.0])
  func aRateOutOfRangeIsRefused(_ rate: Double) {
    #expect(throws: ChromaError.self) { try ChromaAnalyzer(sampleRate: rate) }
  }
}
