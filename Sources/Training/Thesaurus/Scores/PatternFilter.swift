// Chooses patterns from the list.
public import Music

/// Which patterns of the list are wanted; nothing said means all.
public struct PatternFilter: Hashable, Sendable {
  /// The progressions; empty for all.
  public var progressions: Set<Progression>
  /// The operations; empty for all.
  public var operations: Set<PatternOperation>
  /// The numbers of added notes; empty for all.
  public var counts: Set<Int>
  /// The most patterns; nil for any number.
  public var limit: Int?

  /// A filter.
  public init(
    progressions: Set<Progression> = [], operations: Set<PatternOperation> = [], counts: Set<Int> = [],
    limit: Int? = nil
  ) {
    self.progressions = progressions
    self.operations = operations
    self.counts = counts
    self.limit = limit
  }

  /// Whether it lets all patterns through.
  public var isEmpty: Bool { progressions.isEmpty && operations.isEmpty && counts.isEmpty && limit == nil }

  /// The patterns in the order of the list.
  public var patterns: [ThesaurusPattern] {
    let list = PatternList.all
    let sections = list.sections.filter {
      (progressions.isEmpty || progressions.contains($0.progression))
        && (operations.isEmpty || operations.contains($0.operation)) && (counts.isEmpty || counts.contains($0.count))
    }
    let found = sections.lazy.flatMap { list[$0] }
    return limit.map { Array(found.prefix($0)) } ?? Array(found)
  }
}
