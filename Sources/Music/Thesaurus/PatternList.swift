// The list of all patterns, in the order of their names.

/// Every pattern that the rules allow: by progression, operation and count, then nearest note first.
///
/// Made once when it is first asked for, in some tens of milliseconds; immutable afterwards, any thread.
public struct PatternList: Sendable {
  /// Patterns with the same progression, operation and number of added notes.
  public struct Section: Hashable, Sendable {
    /// The progression.
    public var progression: Progression
    /// The operation.
    public var operation: PatternOperation
    /// Notes added to each principal tone.
    public var count: Int

    /// Names a section; it may be empty.
    public init(progression: Progression, operation: PatternOperation, count: Int) {
      self.progression = progression
      self.operation = operation
      self.count = count
    }
  }

  /// The list.
  public static let all = PatternList()

  /// All patterns in order.
  public let patterns: [ThesaurusPattern]
  /// The sections that have patterns, in order.
  public let sections: [Section]
  private let places: [Section: Range<Int>]
  private let indices: [ThesaurusPattern: Int]

  private init() {
    var patterns: [ThesaurusPattern] = []
    var sections: [Section] = []
    var places: [Section: Range<Int>] = [:]
    for progression in Progression.allCases {
      let groups = Dictionary(grouping: Self.patterns(of: progression)) { $0.section }
      for operation in PatternOperation.allCases {
        for count in ThesaurusPattern.counts {
          let section = Section(progression: progression, operation: operation, count: count)
          guard let group = groups[section] else { continue }
          places[section] = patterns.count..<(patterns.count + group.count)
          sections.append(section)
          patterns += group.map { ($0, $0.nearness) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
        }
      }
    }
    (self.patterns, self.sections, self.places) = (patterns, sections, places)
    indices = Dictionary(uniqueKeysWithValues: patterns.enumerated().map { ($1, $0) })
  }

  /// The patterns of a section, nearest note first; empty when the rules give none.
  public subscript(section: Section) -> ArraySlice<ThesaurusPattern> { patterns[places[section] ?? 0..<0] }

  /// The place of a pattern in `patterns`.
  public func index(of pattern: ThesaurusPattern) -> Int { indices[pattern] ?? 0 }

  /// The place of a pattern in its section, counted from 1.
  public func number(of pattern: ThesaurusPattern) -> Int {
    index(of: pattern) - (places[pattern.section]?.lowerBound ?? 0) + 1
  }

  /// All ways to add one to four notes, in no order.
  private static func patterns(of progression: Progression) -> [ThesaurusPattern] {
    let places = ThesaurusPattern.offsets.filter { ThesaurusPattern.allows($0, in: progression) }
    var masks: [UInt32] = [0]
    for offset in places {
      let bit = UInt32(1) << UInt32(offset + ThesaurusPattern.reach)
      masks += masks.lazy.filter { $0.nonzeroBitCount < ThesaurusPattern.counts.upperBound }.map { $0 | bit }
    }
    return masks.compactMap { ThesaurusPattern(progression, mask: $0) }
  }
}

extension ThesaurusPattern {
  /// The section of the list that holds the pattern.
  public var section: PatternList.Section {
    PatternList.Section(progression: progression, operation: operation, count: count)
  }

  /// What the list is sorted by: how many notes lie below, how many between, then how far each lies from the principal
  /// tone that it is reckoned from.
  fileprivate var nearness: [Int] {
    let (below, between, above) = (infrapolated, interpolated, ultrapolated.reversed())
    return [below.count, between.count] + below.map { -$0 } + between + above.map { $0 - progression.step }
  }
}
