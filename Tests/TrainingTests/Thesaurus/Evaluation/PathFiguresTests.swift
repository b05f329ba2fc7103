// Tests of the figures of ways, on rows worked out by hand.
import Music
import Testing

@testable import Training

@Suite("Figures of ways between patterns")
struct PathFiguresTests {
  private func sample(_ progression: Progression, _ offsets: [Int]) throws -> PatternSample {
    PatternSample(try #require(ThesaurusPattern(progression, offsets: offsets)))
  }

  @Test("a row that goes straight on")
  func straight() throws {
    let row = try [
      sample(.tritone, [1]), sample(.tritone, [1, 2]), sample(.tritone, [1, 2, 4]), sample(.ditone, [1, 2, 8, 9]),
    ]
    let figures = PathFigures([row], distance: PathFigures.cells)
    // [0 1 6], [0 1 2 6], [0 1 2 4 6], [0 1 2 9 8 4]: 1, 1 and 3 changed notes.
    #expect(figures.histogram == [0, 2, 0, 1])
    #expect(figures.largestStep == 3)
    #expect(abs(figures.meanStep - 5 / 3.0) < 1e-12)
    #expect(figures.smooth == Share(3, of: 3))
    #expect(figures.allowed == Share(2, of: 2))
    #expect(figures.plain == nil)
    #expect(figures.monotone == Share(1, of: 1))
    #expect(figures.meanReturn == 0)
  }

  @Test("a row that comes back, beside one that stands")
  func back() throws {
    let (a, b) = (try sample(.tritone, [1]), try sample(.tritone, [1, 2]))
    let (c, d) = (try sample(.tritone, [1, 2, 3]), try sample(.diapente, [-5, -4, 9, 10]))
    let figures = PathFigures([[a, c, b, c], [a, a]], distance: PathFigures.cells)
    // 2, 1 and 1, then 0; from a the distances are 0 2 1 2 (1 back), to c they are 2 0 1 0 (1 away).
    #expect(figures.histogram == [1, 2, 1])
    #expect(figures.monotone == Share(1, of: 2))
    #expect(figures.meanReturn == 1)
    // [0 1 6] and [0 -4 -5 10 9 7]: all but the first note, and two more.
    let far = PathFigures([[a, d]], distance: PathFigures.cells)
    #expect(far.largestStep == 5)
    #expect(far.smooth == Share(0, of: 1))
  }

  @Test("what is no pattern is counted and measured in notes of its line")
  func rolls() throws {
    let (none, other) = (PatternRoll(notes: [0, 1, 2, 3, 5]), PatternRoll(notes: [0, 1, 2, 4, 6]))
    let row = [PatternSample(none), PatternSample(other), PatternSample(other)]
    let figures = PathFigures([row], distance: PathFigures.cells)
    #expect(figures.histogram == [1, 0, 1])
    #expect(figures.allowed == Share(0, of: 1))
  }
}
