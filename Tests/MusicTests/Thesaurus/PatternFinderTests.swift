// Lines that play patterns, and lines that do not.

import Music
import Testing

@Suite struct PatternFinderTests {
  @Test func findsEveryPatternThatIsPlayed() throws {
    for pattern in PatternList.all.patterns where PatternList.all.index(of: pattern) % 41 == 0 {
      let start = pattern.start(on: PitchClass(wrapping: 2))
      for line in [pattern.ascent, pattern.descent, pattern.whole] {
        let found = try #require(PatternFinder.find(line.map { start + $0 }), "\(pattern)")
        // A simpler pattern may play the same notes, never other ones.
        #expect(found.pattern.count <= pattern.count)
        if found.pattern.count == pattern.count { #expect(found.pattern == pattern && found.start == start) }
        #expect(found.scale.pitches == PatternScale(tonic: PitchClass(wrapping: 2), pattern: pattern).pitches)
      }
    }
  }

  @Test func twoCellsAreEnough() throws {
    let found = try #require(PatternFinder.find([62, 63, 68, 69, 74]))
    #expect(found.pattern.name == "tritone/interpolation/1:1" && found.start == 62 && found.cells == 2)
    #expect(PatternFinder.find([62, 63, 68, 69]) == nil)
  }

  @Test(arguments: [
    [], [60], [60, 62, 64, 65, 67, 69, 71, 72], [60, 60, 60, 60, 60], [60, 61, 66, 67, 73], [60, 70, 62, 72, 64],
  ])
  func findsNothingInOtherLines(line: [Int]) { #expect(PatternFinder.find(line) == nil) }

  @Test func namesTheNearest() {
    #expect(PatternFinder.nearest(to: [60, 61, 66, 67, 71]).first?.name == "tritone/interpolation/1:1")
    #expect(PatternFinder.nearest(to: []).isEmpty)
  }
}
