// What is held out is held out: by class, by notes, and the same everywhere.
import Music
import Testing

@testable import Training

struct PatternSplitTests {
  private let split = PatternSplit.standard

  private var parts: [[ThesaurusPattern]] {
    [split.training, split.validation, split.unseenPatterns, split.unseenClasses]
  }

  /// The sizes were counted by a second implementation of the rule, in Python.
  @Test func everyPatternIsInOnePart() {
    #expect(parts.map(\.count) == [4763, 1592, 20814, 4785])
    let together = Set(parts.joined())
    #expect(together.count == PatternList.all.patterns.count)
  }

  @Test func patternsWithTheSameNotesAreOnOneSide() throws {
    var sides: [[Int]: Set<Int>] = [:]
    for (side, part) in [parts[0], parts[1], parts[2] + parts[3]].enumerated() {
      for pattern in part { sides[pattern.ascent, default: []].insert(side) }
    }
    #expect(sides.count == 31939)
    #expect(sides.values.allSatisfy { $0.count == 1 })
    let first = try #require(ThesaurusPattern(.tritone, offsets: [2, 4]))
    let second = try #require(ThesaurusPattern(.ditone, offsets: [2]))
    #expect(first.ascent == second.ascent)
    #expect(split.isNovel(first) == split.isNovel(second))
  }

  /// Whole tones are whole tones over two octaves too.
  @Test func keysForgetHowOftenALineRepeats() throws {
    let long = try #require(ThesaurusPattern(.quadritone, offsets: [2, 4, 6]))
    let short = try #require(ThesaurusPattern(.ditone, offsets: [2]))
    let other = try #require(ThesaurusPattern(.ditone, offsets: [3]))
    #expect(LineKey(long).intervals == [2])
    #expect(LineKey(long) == LineKey(short))
    #expect(LineKey(other).intervals == [3, 1])
  }

  @Test func noPatternOfAnUnseenClassTrainsOrValidates() {
    let seen = split.training + split.validation + split.unseenPatterns
    #expect(!seen.contains { PatternSplit.isUnseenClass($0) })
    #expect(split.unseenClasses.allSatisfy { PatternSplit.isUnseenClass($0) })
    for operation in PatternOperation.allCases {
      let held = Progression.allCases.filter { PatternSplit.isHeldOut($0, operation) }
      #expect((1...2).contains(held.count), "\(operation)")
      #expect(split.training.contains { $0.operation == operation }, "\(operation)")
    }
    for progression in Progression.allCases {
      #expect(PatternOperation.allCases.count { PatternSplit.isHeldOut(progression, $0) } == 1)
      #expect(split.training.contains { $0.progression == progression }, "\(progression)")
    }
  }

  @Test func nothingHeldOutIsACopy() {
    #expect(!split.training.contains(where: split.isNovel))
    #expect((split.validation + split.unseenPatterns + split.unseenClasses).allSatisfy(split.isNovel))
  }

  /// Held-out patterns are new orders of notes; as sets of pitches few are new. Counted in Python as well.
  @Test func mostScalesAreKnown() {
    let heldOut = split.unseenPatterns + split.unseenClasses
    #expect(heldOut.count(where: split.isNovelScale) == 2179)
    #expect(!split.training.contains(where: split.isNovelScale))
    #expect(Set(PatternList.all.patterns.map { PatternScale(pattern: $0).pitches }).count == 1698)
  }

  @Test func drawsFollowFromTheSeedAndTheBalance() {
    func shares(_ balance: Double) -> [Double] {
      let draws = PatternOrder(split.training, balance: balance, seed: 3).draws(epoch: 1)
      let drawn = draws.map { split.training[$0].progression }
      return Progression.allCases.map { wanted in Double(drawn.count { $0 == wanted }) / Double(drawn.count) }
    }
    #expect(shares(1).allSatisfy { abs($0 - 1.0 / 11) < 0.02 })
    let septitones = Double(split.training.count { $0.progression == .septitone }) / Double(split.training.count)
    #expect(abs(shares(0)[Progression.septitone.index] - septitones) < 0.03)
    let order = PatternOrder(split.training, balance: 0.5, seed: 3)
    let (first, again, next) = (order.draws(epoch: 0), order.draws(epoch: 0), order.draws(epoch: 1))
    let (isSame, isOther) = (first == again, first != next)
    #expect(isSame && isOther && first.count == split.training.count)
  }
}
