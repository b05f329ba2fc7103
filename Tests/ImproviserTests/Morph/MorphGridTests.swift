// Tests of grids whose neighbours differ in few notes.
import Music
import Testing

@testable import Improviser

@Suite("Grids of patterns")
struct MorphGridTests: MorphFixtures {
  /// Changed notes from place to place, across and down.
  private func steps(_ grid: [ThesaurusPattern], columns: Int) -> [Int] {
    grid.indices.flatMap { index in
      let across = index % columns == 0 ? nil : index - 1
      let down = index < columns ? nil : index - columns
      return [across, down].compactMap { $0 }.map { EditDistance.between(grid[$0].cell, grid[index].cell) }
    }
  }

  @Test("what does not jump stays")
  func still() throws {
    let patterns = try [
      pattern(.tritone, [1]), pattern(.tritone, [1, 2]), pattern(.tritone, [1, 3]), pattern(.tritone, [1, 2, 3]),
    ]
    var grid = MorphGrid(patterns, columns: 2, fixed: [])
    grid.smooth { logits(patterns[$0]) }
    #expect(grid.patterns == patterns)
  }

  @Test("of the patterns without a jump the most probable one takes the place")
  func probable() throws {
    let (start, end) = (try pattern(.tritone, [1, 2, 3, 4]), try pattern(.ditone, [-1, -2, 7, 8]))
    #expect(EditDistance.between(start.cell, end.cell) == 5)
    let numbers = (0..<PatternLogits.count).map { Float(($0 * 7) % 11) - 5 }
    var grid = MorphGrid([start, start, end], columns: 3, fixed: [0, 2])
    grid.smooth { $0 == 1 ? numbers : logits(start) }
    #expect(grid.patterns[0] == start && grid.patterns[2] == end)
    let fitting = PatternList.all.patterns.filter { pattern in
      [start, end].allSatisfy { EditDistance.between(pattern.cell, $0.cell) <= 3 }
    }
    let best = fitting.max { PatternLogits.score($0, numbers) < PatternLogits.score($1, numbers) }
    #expect(!fitting.isEmpty && grid.patterns[1] == best)
  }

  @Test("four corners that stand wall to wall are joined, and stay")
  func walls() {
    let all = PatternList.all.patterns
    var generator = SeededGenerator(seed: 8)
    for columns in [4, 5] {
      for _ in 0..<6 {
        let corners = (0..<4).map { _ in all[Int(generator.uniform() * Double(all.count))] }
        let places = (0..<columns * columns).map { index in
          corners[(index / columns * 2 / columns) * 2 + index % columns * 2 / columns]
        }
        let fixed = [0, columns - 1, columns * (columns - 1), columns * columns - 1]
        var grid = MorphGrid(places, columns: columns, fixed: Set(fixed))
        grid.smooth { logits(places[$0]) }
        #expect(fixed.map { grid.patterns[$0] } == corners)
        #expect(steps(grid.patterns, columns: columns).allSatisfy { $0 <= MorphWalk.limit })
      }
    }
  }

  @Test("a grid without room jumps as before")
  func noRoom() throws {
    let (start, end) = (try pattern(.tritone, [1, 2, 3, 4]), try pattern(.ditone, [-1, -2, 7, 8]))
    var grid = MorphGrid([start, end, end, start], columns: 2, fixed: [0, 1, 2, 3])
    grid.smooth { _ in logits(start) }
    #expect(grid.patterns == [start, end, end, start])
  }
}
