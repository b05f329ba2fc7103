// Onsets are placed on the ticks that were meant.

import Testing

@testable import Improviser

struct OnsetGridTests {
  private func ticks(_ ticks: [Int], beat: Double, jitter: Double, drift: Double = 0, seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    var grid = OnsetGrid(beat: beat, first: 3)
    var time = 3.0
    return ticks.enumerated().map { index, value in
      time += Double(value) / 24 * beat * (1 + drift * Double(index) / Double(ticks.count))
      return grid.ticks(to: time + (generator.uniform() * 2 - 1) * jitter)
    }
  }

  @Test(arguments: [
    [24, 12, 12, 24, 48, 12, 12, 24], [36, 12, 24, 24, 36, 12, 48], [18, 6, 18, 6, 24, 12, 6, 6, 24],
    [8, 8, 8, 24, 16, 8, 24],
  ])
  func putsUnevenOnsetsRight(meant: [Int]) {
    var right = 0
    for seed in 0..<20 as Range<UInt64> where ticks(meant, beat: 0.5, jitter: 0.015, seed: seed) == meant { right += 1 }
    #expect(right >= 17, "\(right) of 20")
  }

  @Test func followsADriftOfTenPercent() {
    let meant = Array(repeating: [24, 12, 12, 24, 24], count: 5).flatMap(\.self)
    #expect(ticks(meant, beat: 0.5, jitter: 0, drift: 0.1, seed: 1) == meant)
    #expect(ticks(meant, beat: 0.5, jitter: 0, drift: -0.1, seed: 1) == meant)
  }

  @Test func longPausesAreBounded() {
    var grid = OnsetGrid(beat: 0.5, first: 0)
    #expect(grid.ticks(to: 1e6) == 576)
    #expect(grid.ticks(to: 1e6 + 0.5) == 24)
    #expect(grid.ticks(to: 1e6 + 0.5) >= 1)
  }
}
