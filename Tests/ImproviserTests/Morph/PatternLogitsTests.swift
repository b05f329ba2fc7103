// The most probable pattern, against a search of the whole list.

import Foundation
import Improviser
import Music
import Testing

@Suite struct PatternLogitsTests {
  /// The logarithm of a pattern's probability but for what all patterns share, straight from its definition.
  private func score(_ pattern: ThesaurusPattern, _ logits: [Float]) -> Double {
    let notes = (0..<PatternLogits.places).reduce(0.0) { sum, place in
      let logit = Double(logits[PatternLogits.progressions + place])
      let isMember = pattern.mask >> UInt32(place) & 1 == 1
      return sum - log1p(exp(isMember ? -logit : logit))
    }
    return Double(logits[pattern.progression.index]) + notes
  }

  @Test(arguments: 0..<12)
  func isTheBestOfTheWholeList(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let highest: Float = seed.isMultiple(of: 2) ? 4 : 0.5
    let logits = (0..<PatternLogits.count).map { _ in Float.random(in: -4...highest, using: &generator) }
    let found = PatternLogits.mostProbable(logits)
    let best = try #require(PatternList.all.patterns.map { score($0, logits) }.max())
    #expect(abs(score(found, logits) - best) < 1e-4)
  }

  @Test func everyPatternIsReadFromItsOwnNumbers() {
    for (index, pattern) in PatternList.all.patterns.enumerated() where index % 61 == 0 {
      let logits = PatternLogits.values(of: pattern).map { $0 == 1 ? Float(5) : -5 }
      #expect(PatternLogits.mostProbable(logits) == pattern && PatternLogits.plain(logits) == pattern)
    }
  }

  @Test func withoutTheRulesWhatIsNotAllowedIsNoPattern() {
    var logits = [Float](repeating: -1, count: PatternLogits.count)
    #expect(PatternLogits.plain(logits) == nil, "no note is added")
    logits[PatternLogits.progressions + ThesaurusPattern.reach] = 1
    #expect(PatternLogits.plain(logits) == nil, "a note is added on the principal tone")
  }

  @Test func logitsThatAreNoNumbersStillGiveAPattern() {
    let pattern = PatternLogits.mostProbable([Float](repeating: .nan, count: PatternLogits.count))
    #expect(pattern == PatternList.all.patterns[0])
  }
}
