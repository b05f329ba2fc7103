// The beat of played phrases.

import Testing

@testable import Improviser

struct PulseTests {
  /// Onsets of note values in ticks at a beat, each moved by up to `jitter` seconds; `drift` is the relative change of
  /// the beat over the phrase.
  private func onsets(
    _ ticks: [Int], beat: Double, jitter: Double = 0.015, drift: Double = 0, seed: UInt64 = 1
  ) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    var time = 10.0
    var list: [Double] = []
    for (index, value) in ticks.enumerated() {
      list.append(time + (generator.uniform() * 2 - 1) * jitter)
      let now = beat * (1 + drift * Double(index) / Double(ticks.count))
      time += Double(value) / 24 * now
    }
    return list
  }

  private func estimate(_ onsets: [Double]) -> Pulse {
    var pulse = Pulse()
    pulse.beginPhrase(at: 10)
    for onset in onsets { pulse.hear(onset: onset) }
    return pulse
  }

  private let tune = [24, 12, 12, 24, 24, 12, 12, 12, 12, 48, 24, 12, 12, 24, 24]

  @Test(arguments: [0.42, 0.45, 0.5, 0.55, 0.6], 0..<10 as Range<UInt64>)
  func findsTheBeatOfAnUnevenlyPlayedTune(beat: Double, seed: UInt64) {
    let found = estimate(onsets(tune, beat: beat, seed: seed)).beat
    #expect(abs(found / beat - 1) < 0.03, "\(found) instead of \(beat)")
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func findsTriplets(seed: UInt64) {
    let ticks = [24, 12, 12, 24, 8, 8, 8, 24, 12, 12, 24, 8, 8, 8, 24]
    let found = estimate(onsets(ticks, beat: 0.6, seed: seed)).beat
    #expect(abs(found / 0.6 - 1) < 0.03, "\(found)")
  }

  @Test func readsTripletsAloneAsTheyAre() {
    // Quarters against triplets alone are the same as dotted quarters against eighths, as in 12/8.
    let found = estimate(onsets([24, 8, 8, 8, 24, 24, 8, 8, 8, 24, 16, 8, 24], beat: 0.6)).beat
    #expect(abs(found / 0.6 - 1) < 0.03 || abs(found / 0.4 - 1) < 0.03, "\(found)")
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func findsDottedRhythms(seed: UInt64) {
    let ticks = [36, 12, 24, 24, 36, 12, 48, 18, 6, 18, 6, 24, 24]
    let found = estimate(onsets(ticks, beat: 0.5, seed: seed)).beat
    #expect(abs(found / 0.5 - 1) < 0.03, "\(found)")
  }

  @Test(arguments: [-0.12, 0.12])
  func followsADrift(drift: Double) {
    let ticks = Array(repeating: tune, count: 3).flatMap(\.self)
    let found = estimate(onsets(ticks, beat: 0.5, drift: drift)).beat
    #expect(abs(found / (0.5 * (1 + drift)) - 1) < 0.04, "\(found)")
  }

  @Test func evenNotesHaveABeatTheyFit() {
    for step in [0.2, 0.25, 0.3, 0.4, 0.5, 0.7] {
      let found = estimate(onsets(Array(repeating: 24, count: 12), beat: step, jitter: 0.005)).beat
      let ratio = found / step
      #expect([0.5, 1, 1.5, 2, 3, 4].contains { abs(ratio / $0 - 1) < 0.02 }, "\(step): \(found)")
      #expect(Pulse.range.contains(found))
    }
  }

  @Test func aShortPhraseKeepsTheBeatOfTheOneBefore() {
    var pulse = estimate(onsets(tune, beat: 0.7))
    let before = pulse.beat
    pulse.beginPhrase(at: 50)
    pulse.hear(onset: 50)
    pulse.hear(onset: 50 + before)
    #expect(abs(pulse.beat / before - 1) < 0.03)
    pulse.beginPhrase(at: 60)
    pulse.hear(onset: 60)
    #expect(abs(pulse.beat / before - 1) < 0.03)
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func knowsWhereTheBeatsLie(seed: UInt64) throws {
    let time = try #require(estimate(onsets(tune, beat: 0.5, seed: seed)).beatTime)
    let beats = (time - 10) / 0.5
    #expect(abs(beats - beats.rounded()) < 0.08, "\(beats)")
    // An eighth before the first beat.
    let upbeat = try #require(estimate(onsets([12] + tune, beat: 0.5, seed: seed)).beatTime)
    let place = (upbeat - 10.25) / 0.5
    #expect(abs(place - place.rounded()) < 0.08, "\(place)")
  }

  @Test func anythingLeavesItInRange() {
    var pulse = Pulse()
    var generator = SeededGenerator(seed: 5)
    var time = 0.0
    for _ in 0..<400 {
      time += [0, 0.001, 0.04, 0.3, 5, 1000].randomElement(using: &generator) ?? 0
      pulse.hear(onset: time)
      #expect(Pulse.range.contains(pulse.beat))
    }
  }
}
