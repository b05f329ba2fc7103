// Tests of the seed's rolls and metrics, on cases worked out by hand.
import Music
import Testing

@testable import Training

@Suite("The seed's rolls")
struct RollFiguresTests {
  private func pattern(_ progression: Progression, offsets: [Int]) throws -> ThesaurusPattern {
    try #require(ThesaurusPattern(progression, offsets: offsets))
  }

  @Test("a short pattern stands on a fourth, up and down, with empty rows after it")
  func short() throws {
    let roll = try #require(try PatternRoll(pattern(.tritone, offsets: [2])))
    #expect(roll.notes == [5, 7, 11, 13, 17, 13, 11, 7, 5])
    let values = roll.values
    #expect(values.count == 2331)
    #expect(values[5] == 1 && values[63 + 7] == 1 && values[8 * 63 + 5] == 1)
    #expect(values.reduce(0, +) == 9)
    #expect(abs(roll.sparseness - 9 / 2331.0) < 1e-12)
    // 5, 7, 11, 13 and 17.
    #expect(abs(roll.coverage - 5 / 63.0) < 1e-12)
  }

  @Test("five octaves fit from the lowest pitch, seven do not")
  func long() throws {
    let five = try pattern(.quinquetone, offsets: [-2])
    let roll = try #require(PatternRoll(five))
    #expect(roll.notes.prefix(4) == [2, 0, 12, 10])
    #expect(roll.notes.max() == 62)
    #expect(try PatternRoll(pattern(.septitone, offsets: [1])) == nil)
    // 37 of the 61 notes of an ascent over seven octaves span 56 semitones.
    let cut = try #require(try PatternRoll(pattern(.diapente, offsets: [1, 2, 3, 4])))
    #expect(cut.notes.count == 37)
    #expect(cut.notes.last == 5 + 49 + 1)
  }

  @Test("every roll lies within its pitches")
  func allRolls() {
    let rolls = PatternList.all.patterns.compactMap(PatternRoll.init)
    #expect(rolls.count > 15_000)
    #expect(rolls.allSatisfy { $0.notes.count <= 37 && $0.notes.allSatisfy((0..<63).contains) })
  }

  @Test("the divergence of one vector")
  func divergence() {
    #expect(RollFigures.divergence(mean: [0, 0], logVariance: [0, 0]) == 0)
    // ½ (m²) for m = 3 and 4; ½ (e - 2) for s = 1.
    #expect(abs(RollFigures.divergence(mean: [3, 4], logVariance: [0, 0]) - 12.5) < 1e-9)
    #expect(abs(RollFigures.divergence(mean: [0], logVariance: [1]) - 0.359_141) < 1e-5)
  }

  @Test("the figures of two rolls")
  func figures() throws {
    let known = PatternRoll(notes: Array(repeating: 3, count: 37))
    let other = PatternRoll(notes: (0..<37).map { $0 })
    let figures = RollFigures([PatternSample(known), PatternSample(other)], training: [known], divergence: nil)
    #expect(abs(figures.sparseness - 1 / 63.0) < 1e-12)
    #expect(abs(figures.coverage - 38 / 126.0) < 1e-12)
    #expect(figures.difference == Share(1, of: 2))
    #expect(figures.fitting == Share(2, of: 2))
    let seven = try PatternSample(pattern(.septitone, offsets: [1]))
    #expect(RollFigures([seven], training: [], divergence: 1).fitting == Share(0, of: 1))
  }
}
