// Tests of the rule of equal division and of the figures of samples, on cases worked out by hand.
import Music
import Testing

@testable import Training

@Suite("Figures of samples")
struct SampleFiguresTests {
  @Test("the rule is found from the notes alone")
  func rule() {
    // C D F# G# C: two tritones, each with a whole tone after it.
    #expect(EqualDivision.rule(of: [0, 2, 6, 8, 12]) == EqualDivision(progression: .tritone, cell: 2))
    // On any pitch.
    #expect(EqualDivision.rule(of: [61, 63, 67, 69, 73]) == EqualDivision(progression: .tritone, cell: 2))
    // Two octaves in three parts, with a note below each principal tone.
    #expect(EqualDivision.rule(of: [0, -1, 8, 7, 16, 15, 24]) == EqualDivision(progression: .quadritone, cell: 2))
  }

  @Test(
    "notes that break the rule are found out",
    arguments: [
      [], [0], [0, 2, 4, 6], [0, 2, 4, 5, 7, 9, 11, 12],  // too few; a major scale
      [0, 2, 6, 9, 12], [0, 2, 6, 8, 13], [0, 2, 6, 8], [0, 2, 6, 8, 12, 14], [12, 8, 6, 2, 0],
      [0, 2, 11, 13, 22], [0, 2, 12, 14, 24],  // steps that no progression has
      [0, 0, 0, 0, 0],
    ])
  func broken(line: [Int]) {
    #expect(EqualDivision.rule(of: line) == nil)
  }

  @Test("every pattern of the list obeys the rule, with its own progression or one that plays the same notes")
  func wholeList() {
    let broken = PatternList.all.patterns.filter { pattern in
      guard let rule = EqualDivision.rule(of: pattern.ascent) else { return true }
      return rule.progression.octaves != pattern.progression.octaves
    }
    #expect(broken.isEmpty)
  }

  @Test("an opening counts as far as it makes an ascent")
  func opening() {
    #expect(EqualDivision.rule(ofOpening: [0, 2, 6, 8, 12, 50, 1]) == EqualDivision(progression: .tritone, cell: 2))
    #expect(EqualDivision.rule(ofOpening: [0, 2, 6, 8, 13, 50, 1]) == nil)
    // 31 notes of an ascent over seven octaves, and the same with its last note wrong.
    let long = (0..<31).map { 7 * ($0 / 3) + [0, 1, 3][$0 % 3] }
    #expect(EqualDivision.rule(ofOpening: long) == EqualDivision(progression: .diapente, cell: 3))
    #expect(EqualDivision.rule(ofOpening: long.dropLast() + [0]) == nil)
  }

  @Test("the rule alone does not make a pattern of the list")
  func strictness() throws {
    // The added note lies a seventh above: equal, but out of reach.
    let far = PatternRoll(notes: [0, 20, 6, 26, 12])
    let judged = PatternSample(far)
    #expect(judged.isDivided)
    #expect(judged.pattern == nil)
    let near = PatternSample(PatternRoll(notes: [0, 2, 6, 8, 12, 40, 41]))
    #expect(near.pattern == ThesaurusPattern(.tritone, offsets: [2]))
    let none = PatternSample(PatternRoll(notes: Array(repeating: 5, count: 37)))
    #expect(!none.isDivided && none.pattern == nil)
  }

  @Test("shares, entropies and distances of four samples")
  func figures() throws {
    // One of the training patterns; a held-out one whose pitches a training pattern has in another order.
    let one = try #require(ThesaurusPattern(.tritone, offsets: [-1]))
    let other = try #require(ThesaurusPattern(.ditone, offsets: [-3, 3]))
    let samples =
      [PatternSample(one, isPlain: true), PatternSample(one, isPlain: false), PatternSample(other, isPlain: false)]
      + [PatternSample(PatternRoll(notes: [1, 2, 3, 5, 9]))]
    var random = SplitMix64(seed: 1)
    let figures = SampleFigures(samples, split: .standard, random: &random)
    #expect(figures.divided == Share(3, of: 4))
    #expect(figures.allowed == Share(3, of: 4))
    #expect(figures.plain == Share(1, of: 3))
    #expect(figures.novel == Share(1, of: 3))
    #expect(figures.novelScales == Share(0, of: 3))
    #expect(figures.distinct == Share(2, of: 3))
    // Two thirds and one third: log2 3 - 2/3 bits.
    #expect(abs(figures.progressionEntropy - 0.9183) < 1e-4)
    #expect(abs(figures.operationEntropy - 0.9183) < 1e-4)
    // [0, -1, 6] and [0, -3, 3, 4] differ in 3 notes; of the three pairs of samples two are of different patterns.
    #expect(abs(try #require(figures.meanDistance) - 2) < 0.05)
    #expect(SampleFigures.entropy([Int]()) == 0)
    #expect(abs(SampleFigures.entropy([1, 2, 3, 4]) - 2) < 1e-12)
  }

  @Test("Wilson's interval")
  func wilson() throws {
    // 8 of 10: 0.4902 … 0.9433 (Wilson 1927, as tabulated by Newcombe 1998 for such counts).
    let interval = try #require(Share(8, of: 10).interval)
    #expect(abs(interval.lowerBound - 0.4902) < 1e-4 && abs(interval.upperBound - 0.9433) < 1e-4)
    let all = try #require(Share(100, of: 100).interval)
    #expect(abs(all.lowerBound - 0.9630) < 1e-4 && all.upperBound == 1)
    #expect(Share(0, of: 0).interval == nil && Share(0, of: 0).value == nil)
  }
}
