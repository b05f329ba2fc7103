// The rules of the patterns, by examples worked out by hand, and their names.

import Music
import Testing

@Suite struct ThesaurusPatternTests {
  /// Octaves, parts and steps as in the contents of Slonimsky's book.
  @Test(arguments: [
    (Progression.tritone, 1, 2, 6), (.ditone, 1, 3, 4), (.sesquitone, 1, 4, 3), (.wholeTone, 1, 6, 2),
    (.semitone, 1, 12, 1), (.quadritone, 2, 3, 8), (.sesquiquadritone, 3, 4, 9), (.quinquetone, 5, 6, 10),
    (.diatessaron, 5, 12, 5), (.septitone, 7, 6, 14), (.diapente, 7, 12, 7),
  ])
  func dividesOctaves(_ progression: Progression, octaves: Int, parts: Int, step: Int) {
    #expect(progression.octaves == octaves && progression.parts == parts && progression.step == step)
  }

  @Test func playsInfrapolatedNotesDownInterpolatedUpUltrapolatedDown() throws {
    let pattern = try #require(ThesaurusPattern(.tritone, offsets: [8, 2, -1, 7]))
    #expect(pattern.operation == .infraInterUltrapolation)
    #expect(pattern.cell == [0, -1, 2, 8, 7, 6])
    #expect(pattern.ascent == [0, -1, 2, 8, 7, 6, 5, 8, 14, 13, 12])
    #expect(pattern.whole.count == 21 && pattern.whole == pattern.whole.reversed())
  }

  @Test func goesThroughAllOctaves() throws {
    let pattern = try ThesaurusPattern(name: "quadritone/interpolation/1:4")
    #expect(pattern.ascent == [0, 4, 8, 12, 16, 20, 24])
    #expect(try ThesaurusPattern(name: "diapente/interpolation/2:1").ascent.last == 84)
  }

  @Test(arguments: [[], [0], [6], [-6], [12], [3, 3], [1, 2, 3, 4, 5]])
  func refusesWhatTheRulesDoNotAllow(offsets: [Int]) {
    #expect(ThesaurusPattern(.tritone, offsets: offsets) == nil)
  }

  /// The number of ways to choose one to four of n places: n + n(n-1)/2 + ….
  @Test func listsEveryPatternOnce() {
    let list = PatternList.all
    var total = 0
    for progression in Progression.allCases {
      let places = 2 * 5 + progression.step - 1
      let ways = (1...4).map { count in (0..<count).reduce(1) { $0 * (places - $1) / ($1 + 1) } }
      #expect(list.patterns.count { $0.progression == progression } == ways.reduce(0, +))
      total += ways.reduce(0, +)
    }
    #expect(list.patterns.count == total && Set(list.patterns).count == total && total == 31_954)
  }

  @Test func namesEveryPattern() throws {
    for (index, pattern) in PatternList.all.patterns.enumerated() where index % 97 == 0 {
      #expect(try ThesaurusPattern(name: pattern.name) == pattern)
    }
  }

  @Test(arguments: [
    ("tritone/interpolation/1:3", [3]), ("THESAURUS:Tritone/Interpolation/1:3", [3]),
    ("tritone/interpolation/2:1", [1, 2]), ("tritone/infrapolation/1:2", [-2]), ("whole tone/ultrapolation/1:1", [3]),
    ("ditone/infra-ultrapolation/2:2", [-1, 6]),
  ])
  func ordersByNearness(name: String, offsets: [Int]) throws {
    #expect(try ThesaurusPattern(name: name).offsets == offsets)
  }

  @Test(arguments: [
    ("tritone", "progression/operation/notes:number"), ("tritonne/interpolation/1:1", "did you mean tritone"),
    ("tritone/interpolacion/1:1", "did you mean interpolation"), ("tritone/interpolation/1", "a colon"),
    ("semitone/interpolation/1:1", "no room"), ("whole-tone/interpolation/2:1", "it can add 1."),
    ("tritone/interpolation/1:6", "it has 1 to 5."), ("tritone/interpolation/1:0", "it has 1 to 5."),
    ("tritone/interpolation/99999999999999999999:1", "a colon"),
  ])
  func saysWhatIsWrongWithAName(name: String, words: String) {
    let error = #expect(throws: PatternNameError.self) { try ThesaurusPattern(name: name) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }
}
