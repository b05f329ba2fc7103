// Probabilities stay valid and never become empty.

import Testing

@testable import Improviser

struct DistributionTests {
  private func distribution(_ values: [Float]) -> Distribution {
    var distribution = Distribution()
    values.withUnsafeBufferPointer { distribution.load($0) }
    return distribution
  }

  private func weights(_ distribution: Distribution) -> [Double] { (0..<distribution.count).map { distribution[$0] } }

  @Test func ignoresWhatIsNoProbability() {
    #expect(weights(distribution([0.5, .nan, -1, .infinity, 0.5])) == [0.5, 0, 0, 0, 0.5])
  }

  @Test func drawsInProportion() {
    let distribution = distribution([0.25, 0, 0.75])
    var generator = SeededGenerator(seed: 3)
    var counts = [0, 0, 0]
    for _ in 0..<10_000 { counts[distribution.draw(generator.uniform()) ?? 1] += 1 }
    #expect(counts[1] == 0)
    #expect(abs(counts[0] - 2500) < 200)
    #expect(distribution.draw(0) == 0)
    #expect(distribution.draw(1.0.nextDown) == 2)
  }

  @Test func drawsNothingFromNothing() {
    #expect(distribution([0, 0]).draw(0.5) == nil)
    #expect(distribution([]).draw(0.5) == nil)
  }

  @Test func temperatureSharpensAndFlattens() {
    var cold = distribution([0.6, 0.4])
    cold.temper(0.1)
    #expect(cold[1] / cold[0] < 0.02)
    var hot = distribution([0.9, 0.1])
    hot.temper(3)
    #expect(hot[1] / hot[0] > 0.4)
    var same = distribution([0.9, 0.1])
    same.temper(1)
    #expect(weights(same) == weights(distribution([0.9, 0.1])))
  }

  @Test func coldestStillKeepsTheLikeliest() {
    var distribution = distribution((0..<128).map { $0 == 7 ? 1e-20 : 1e-30 })
    distribution.temper(0.1)
    #expect(distribution.draw(0.5) == 7)
  }

  @Test func theNucleusKeepsTheLikeliest() {
    var cut = distribution([0.5, 0.3, 0.15, 0.05])
    cut.cut(nucleus: 0.75)
    #expect(weights(cut).map { $0 > 0 } == [true, true, false, false])
    var all = distribution([0.5, 0.5])
    all.cut(nucleus: 1)
    #expect(weights(all) == [0.5, 0.5])
    var least = distribution([0.2, 0.5, 0.3])
    least.cut(nucleus: 0.05)
    #expect(weights(least).map { $0 > 0 } == [false, true, false])
    var flat = distribution([0.25, 0.25, 0.25, 0.25])
    flat.cut(nucleus: 0.5)
    #expect(weights(flat).allSatisfy { $0 == 0.25 })
  }

  @Test func whatIsNotAllowedIsExactlyZero() {
    var some = distribution([0.9, 0.1])
    some.allow({ $0 == 1 }, fallback: { _ in 1 })
    #expect(some[0] == 0)
    #expect(some[1] > 0)
    var none = distribution([1, 0, 0])
    none.allow({ $0 > 0 }, fallback: { Double($0) })
    #expect(weights(none) == [0, 1, 2])
  }

  @Test func leaningAddsAChoice() {
    var distribution = distribution([0.5, 0.5, 0])
    distribution.lean(to: 2, share: 0.25)
    #expect(weights(distribution) == [0.375, 0.375, 0.25])
  }

  @Test func anyChainOfStepsLeavesAChoice() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<400 {
      var distribution = distribution((0..<128).map { _ in generator.next() % 3 == 0 ? Float(generator.uniform()) : 0 })
      let allowed = Int(generator.next() % 128)
      distribution.allow({ $0 >= allowed }, fallback: { _ in 1 })
      distribution.temper(0.1 + 2.9 * generator.uniform())
      distribution.weigh { 1e-4 + Double($0 % 2) }
      distribution.cut(nucleus: 0.05 + 0.95 * generator.uniform())
      let drawn = distribution.draw(generator.uniform())
      #expect(drawn.map { $0 >= allowed } == true)
    }
  }
}
