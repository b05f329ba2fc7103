// What the tests of rows and grids of patterns have in common.
import Music
import Testing

@testable import Improviser

protocol MorphFixtures {}

extension MorphFixtures {
  func pattern(_ progression: Progression, _ offsets: [Int]) throws -> ThesaurusPattern {
    try #require(ThesaurusPattern(progression, offsets: offsets))
  }

  /// Numbers of which a pattern is by far the most probable meaning.
  func logits(_ pattern: ThesaurusPattern) -> [Float] {
    PatternLogits.values(of: pattern).map { 20 * $0 - 10 }
  }
}
