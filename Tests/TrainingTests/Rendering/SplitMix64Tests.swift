// The generator repeats, its streams differ, and its distributions are what they are called.
import Testing
import Training

@Suite struct SplitMix64Tests {
  @Test func repeatsAndSeparatesStreams() {
    func first(_ seed: UInt64, _ index: UInt64) -> UInt64 {
      var generator = SplitMix64(seed: seed, index: index)
      return generator.next()
    }
    #expect(first(7, 3) == first(7, 3))
    var seen: Set<UInt64> = []
    for seed in 0..<100 as Range<UInt64> { for index in 0..<100 as Range<UInt64> { seen.insert(first(seed, index)) } }
    #expect(seen.count == 10000)
  }

  @Test func neighbouringStreamsShareNoBits() {
    var ones = 0
    for index in 0..<2000 as Range<UInt64> {
      var (a, b) = (SplitMix64(seed: 1, index: index), SplitMix64(seed: 1, index: index + 1))
      ones += (a.next() ^ b.next()).nonzeroBitCount
    }
    #expect(abs(Double(ones) / 2000 - 32) < 0.5)
  }

  @Test func distributionsHaveTheirMoments() {
    var generator = SplitMix64(seed: 5)
    let count = 100_000
    func moments(_ draw: () -> Double) -> (mean: Double, variance: Double) {
      let values = (0..<count).map { _ in draw() }
      let mean = values.reduce(0, +) / Double(count)
      return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count))
    }
    let gaussian = moments { generator.nextGaussian() }
    #expect(abs(gaussian.mean) < 0.02 && abs(gaussian.variance - 1) < 0.03)
    let noise = moments { Double(generator.nextNoise()) }
    #expect(abs(noise.mean) < 0.02 && abs(noise.variance - 1) < 0.03)
    let uniform = moments { Double(generator.nextFloat()) }
    #expect(abs(uniform.mean - 0.5) < 0.01 && abs(uniform.variance - 1.0 / 12) < 0.003)
  }

  @Test func choosesWithinBoundsAndByWeight() {
    var generator = SplitMix64(seed: 6)
    var counts = [Int](repeating: 0, count: 3)
    let weighted: [(item: Int, weight: Double)] = [(0, 1), (1, 0), (2, 2)]
    for _ in 0..<30000 { counts[generator.choose(weighted)] += 1 }
    #expect(counts[1] == 0)
    #expect(abs(Double(counts[0]) / 30000 - 1.0 / 3) < 0.02)
    let dice = (0..<6000).map { _ in generator.integer(1...6) }
    for side in 1...6 { #expect(abs(dice.count { $0 == side } - 1000) < 150) }
    #expect(dice.allSatisfy { (1...6).contains($0) })
  }
}
