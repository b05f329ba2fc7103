// The generator's numbers are those of SplitMix64.

import Testing

@testable import Improviser

struct SeededGeneratorTests {
  @Test func agreesWithTheReference() {
    // The first outputs of Vigna's splitmix64.c for the state 1234567.
    var generator = SeededGenerator(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
  }

  @Test func uniformNumbersLieBelowOne() {
    var generator = SeededGenerator(seed: 0)
    let numbers = (0..<10_000).map { _ in generator.uniform() }
    #expect(numbers.allSatisfy { (0..<1).contains($0) })
    #expect(abs(numbers.reduce(0, +) / 10_000 - 0.5) < 0.02)
  }
}
