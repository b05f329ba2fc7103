// Draws of the prior.

import Testing
import Training

@Suite struct LatentPriorTests {
  @Test func isStandardNormal() {
    var prior = LatentPrior(seed: 7)
    let numbers = prior.vector(20_000).map(Double.init)
    let mean = numbers.reduce(0, +) / 20_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    let within = numbers.filter { abs($0) < 1 }.count
    #expect(abs(mean) < 0.03 && abs(variance - 1) < 0.05)
    #expect(abs(Double(within) / 20_000 - 0.683) < 0.02)
    #expect(numbers.allSatisfy { $0.isFinite })
  }

  @Test func seedsRepeat() {
    var (first, second, other) = (LatentPrior(seed: 3), LatentPrior(seed: 3), LatentPrior(seed: 4))
    let vector = first.vector(16)
    #expect(second.vector(16) == vector && other.vector(16) != vector && first.vector(16) != vector)
  }
}
