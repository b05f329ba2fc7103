// Tests of rows of patterns that are evenly spaced by changed notes.
import Music
import Testing

@testable import Improviser

@Suite("Walks between patterns")
struct MorphWalkTests: MorphFixtures {
  private func steps(_ patterns: [ThesaurusPattern]) -> [Int] {
    zip(patterns, patterns.dropFirst()).map { EditDistance.between($0.cell, $1.cell) }
  }

  @Test("a way on which nothing changes stands")
  func still() throws {
    let one = try pattern(.tritone, [1, 2])
    let walk = MorphWalk(count: 4) { _ in logits(one) }
    #expect(walk.steps.map(\.pattern) == [one, one, one, one])
  }

  @Test("patterns that the way passes quickly are chosen as well as those that it stays at")
  func evenly() throws {
    let row = try [
      pattern(.tritone, [1]), pattern(.tritone, [1, 2]), pattern(.tritone, [1, 2, 3]), pattern(.tritone, [1, 2, 3, 4]),
    ]
    let walk = MorphWalk(count: 4) { place in logits(row[place < 0.95 ? 0 : place < 0.96 ? 1 : place < 0.97 ? 2 : 3]) }
    #expect(walk.steps.map(\.pattern) == row)
    #expect(zip(walk.steps, walk.steps.dropFirst()).allSatisfy { $0.position <= $1.position })
    #expect(walk.steps[1].position >= 0.95 && walk.steps[1].position < 0.96)
  }

  @Test("what the way passes between two of its stretches is found where it jumps")
  func halved() throws {
    let row = try [pattern(.tritone, [1]), pattern(.tritone, [1, 2, 3, 4]), pattern(.quadritone, [2, 3, 4, 5])]
    #expect(steps(row) == [3, 3] && steps([row[0], row[2]]) == [5])
    // The one in the middle is passed in less than a stretch, in its second half.
    let walk = MorphWalk(count: 3) { place in logits(row[place < 0.952 ? 0 : place < 0.953 ? 1 : 2]) }
    #expect(walk.steps.map(\.pattern) == row)
  }

  @Test("a jump is bridged by patterns that lie between")
  func jump() throws {
    let (start, end) = (try pattern(.tritone, [1, 2, 3, 4]), try pattern(.ditone, [-1, -2, 7, 8]))
    #expect(steps([start, end]) == [5])
    let walk = MorphWalk(count: 3) { logits($0 < 0.5 ? start : end) }
    let patterns = walk.steps.map(\.pattern)
    #expect(patterns.first == start && patterns.last == end)
    #expect(steps(patterns).allSatisfy { $0 <= 3 })
    // Two ends and no more cannot but jump.
    #expect(MorphWalk(count: 2) { logits($0 < 0.5 ? start : end) }.steps.map(\.pattern) == [start, end])
  }

  @Test("any two patterns are joined by a row of four")
  func everyPair() {
    let all = PatternList.all.patterns
    var generator = SeededGenerator(seed: 5)
    var jumps = 0
    for _ in 0..<60 {
      let start = all[Int(generator.uniform() * Double(all.count))]
      let end = all[Int(generator.uniform() * Double(all.count))]
      let walk = MorphWalk(count: 4) { logits($0 < 0.3 ? start : end) }
      jumps += steps(walk.steps.map(\.pattern)).count { $0 > MorphWalk.limit }
    }
    #expect(jumps == 0)
  }

  @Test("the farthest patterns of the narrowest and the widest progression are joined")
  func farthest() throws {
    let (narrow, wide) = (try pattern(.semitone, [3, 4, 5, 6]), try pattern(.septitone, [16, 17, 18, 19]))
    for (start, end) in [(narrow, wide), (wide, narrow)] {
      let walk = MorphWalk(count: 4) { logits($0 < 0.5 ? start : end) }
      #expect(steps(walk.steps.map(\.pattern)).allSatisfy { $0 <= MorphWalk.limit })
    }
  }

  @Test("a row does not come back where it need not")
  func forward() throws {
    let (a, b) = (try pattern(.tritone, [1]), try pattern(.tritone, [1, 2]))
    let (c, d) = (try pattern(.tritone, [1, 2, 3]), try pattern(.tritone, [1, 2, 3, 4]))
    let chosen = MorphSpacing([a, b, a, b, c, b, c, d], limit: 3).chosen(5)
    #expect(chosen.first == 0 && chosen.last == 7)
    let row = chosen.map { [a, b, a, b, c, b, c, d][$0].count }
    #expect(row == row.sorted())
  }

  @Test("any model gives rows without jumps from the patterns that are asked for")
  func model() throws {
    let model = try RandomThesaurusModel().model(seed: 6)
    let decoder = PatternDecoder(model: model)
    let all = PatternList.all.patterns
    for (path, index) in [(LatentPath.linear, 20), (.spherical, 9000), (.linear, 31_000)] {
      let (first, last) = (all[index], all[all.count - 1 - index / 2])
      let (start, end) = (model.encode(first).mean, model.encode(last).mean)
      let plain = MorphWalk(from: start, to: end, path: path, count: 10, decoder: decoder)
      #expect(plain.steps.count == 10)
      #expect(plain.steps[0].pattern == decoder.decode(start) && plain.steps[9].pattern == decoder.decode(end))
      #expect(steps(plain.steps.map(\.pattern)).allSatisfy { $0 <= MorphWalk.limit })
      let asked = MorphWalk(from: start, to: end, path: path, count: 10, decoder: decoder, first: first, last: last)
      #expect(asked.steps[0].pattern == first && asked.steps[9].pattern == last)
      #expect(steps(asked.steps.map(\.pattern)).allSatisfy { $0 <= MorphWalk.limit })
    }
  }
}
