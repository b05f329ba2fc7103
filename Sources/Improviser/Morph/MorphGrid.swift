// A square of patterns whose neighbours differ in few notes.

public import Music

/// Patterns in rows and columns, and what takes the places of those that jump.
///
/// As with rows (`MorphWalk`), vectors at equal distances do not give patterns at equal distances. So the places at
/// which a neighbour differs in more than `MorphWalk.limit` notes are visited again and again; each takes the pattern
/// with the fewest notes above the limit to its neighbours, squared and summed, and of these the most probable one at
/// its vector (iterated conditional modes; Besag, "On the statistical analysis of dirty pictures", 1986). The squares
/// spread what one place cannot take among several.
public struct MorphGrid: Sendable {
  /// How often the places are visited at most.
  private static let visits = 40

  /// The patterns, row by row.
  public private(set) var patterns: [ThesaurusPattern]
  private let columns: Int
  private let fixed: Set<Int>

  /// A square, or another rectangle, of patterns.
  ///
  /// - Parameters:
  ///   - patterns: row by row; traps unless the rows are whole.
  ///   - columns: patterns in a row.
  ///   - fixed: the indices of patterns that stay.
  public init(_ patterns: [ThesaurusPattern], columns: Int, fixed: Set<Int>) {
    precondition(columns > 0 && patterns.count.isMultiple(of: columns), "the rows of a grid are whole")
    self.patterns = patterns
    self.columns = columns
    self.fixed = fixed
  }

  /// Takes out the jumps, as far as the fixed patterns and the size of the grid let it and visiting one place at a time
  /// finds it. The decoder's thread.
  ///
  /// - Parameter vectors: one for each place, each of the length of the decoder's model.
  public mutating func smooth(vectors: [[Float]], decoder: PatternDecoder) {
    smooth { decoder.logits(vectors[$0]) }
  }

  /// Takes out the jumps where `logits` gives the 36 numbers of `PatternLogits` at an index.
  mutating func smooth(logits: (Int) -> [Float]) {
    for _ in 0..<Self.visits {
      var isChanged = false
      for index in patterns.indices where !fixed.contains(index) {
        let around = neighbours(of: index)
        guard excess(patterns[index], around) > 0 else { continue }
        let best = smoothest(from: patterns[index], around, logits(index))
        isChanged = isChanged || best != patterns[index]
        patterns[index] = best
      }
      guard isChanged else { return }
    }
  }

  /// The patterns on the left and the right, above and below.
  private func neighbours(of index: Int) -> [ThesaurusPattern] {
    let column = index % columns
    var around: [ThesaurusPattern] = []
    if column > 0 { around.append(patterns[index - 1]) }
    if column < columns - 1 { around.append(patterns[index + 1]) }
    if index >= columns { around.append(patterns[index - columns]) }
    if index + columns < patterns.count { around.append(patterns[index + columns]) }
    return around
  }

  /// The best pattern of all at a place; `current` unless another is better.
  private func smoothest(
    from current: ThesaurusPattern, _ around: [ThesaurusPattern], _ logits: [Float]
  ) -> ThesaurusPattern {
    var best = (pattern: current, excess: excess(current, around), score: PatternLogits.score(current, logits))
    for pattern in PatternList.all.patterns {
      let least = around.reduce(0) { $0 + Self.squared(pattern.leastChangedNotes(to: $1)) }
      guard least <= best.excess else { continue }
      let score = PatternLogits.score(pattern, logits)
      guard least < best.excess || score > best.score else { continue }
      let excess = excess(pattern, around)
      if excess < best.excess || excess == best.excess && score > best.score { best = (pattern, excess, score) }
    }
    return best.pattern
  }

  private func excess(_ pattern: ThesaurusPattern, _ around: [ThesaurusPattern]) -> Int {
    around.reduce(0) { $0 + Self.squared(pattern.changedNotes(to: $1)) }
  }

  /// The square of the notes above the limit.
  private static func squared(_ changes: Int) -> Int {
    let notes = max(0, changes - MorphWalk.limit)
    return notes * notes
  }
}
