// What is repeated becomes less likely.

import Testing

@testable import Improviser

struct RepetitionGuardTests {
  @Test func eachRepetitionCostsMore() {
    var repetition = RepetitionGuard()
    #expect(repetition.weight(pitch: 60, strength: 1) == 1)
    var last = 1.0
    for _ in 0..<6 {
      repetition.hear(60)
      let weight = repetition.weight(pitch: 60, strength: 0.5)
      #expect(weight < last)
      last = weight
    }
    #expect(last < 0.001)
    #expect(repetition.weight(pitch: 62, strength: 0.5) == 1)
    #expect(repetition.weight(pitch: 60, strength: 0) == 1)
  }

  @Test func figuresThatComeBackCost() {
    var repetition = RepetitionGuard()
    for _ in 0..<4 { for pitch in [60, 64, 67] { repetition.hear(pitch) } }
    #expect(repetition.weight(pitch: 60, strength: 0.5) < 0.2)
    #expect(repetition.weight(pitch: 62, strength: 0.5) == 1)
  }

  @Test func oldPitchesAreForgotten() {
    var repetition = RepetitionGuard()
    for pitch in [60, 64, 67] { repetition.hear(pitch) }
    for index in 0..<100 { repetition.hear(index % 17 + index / 17 + 70) }
    repetition.hear(60)
    repetition.hear(64)
    #expect(repetition.weight(pitch: 67, strength: 1) == 1)
  }
}
