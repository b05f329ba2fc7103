// How smooth the ways between patterns are.

import Improviser
import Music

/// Figures of rows of patterns between two ends.
public struct PathFigures: Sendable, Codable, Hashable {
  /// How often neighbours differed in 0, 1, 2 … notes.
  public var histogram: [Int]
  /// Neighbours that differ in at most `MorphWalk.limit` notes.
  public var smooth: Share
  /// Patterns between the ends that obey the rules.
  public var allowed: Share
  /// Patterns between the ends that the network meant before a search among allowed ones; nil where there is none.
  public var plain: Share?
  /// Rows that never come back to the start nor go away from the end.
  public var monotone: Share
  /// Notes by which a row comes back to the start or goes away from the end, added up over the row; the mean of rows.
  public var meanReturn: Double
  /// Mean changed notes between neighbours.
  public var meanStep: Double
  /// Most changed notes between neighbours.
  public var largestStep: Int

  /// Measures rows of at least two samples.
  ///
  /// - Parameter distance: changed notes between two samples: `cells` or `lines`.
  init(_ rows: [[PatternSample]], distance: (PatternSample, PatternSample) -> Int) {
    var (steps, returns): ([Int], [Int]) = ([], [])
    for row in rows {
      guard let first = row.first, let last = row.last else { continue }
      let (fromStart, toEnd) = (row.map { distance(first, $0) }, row.map { distance($0, last) })
      steps += zip(row, row.dropFirst()).map(distance)
      let back = zip(fromStart, fromStart.dropFirst()).map { max(0, $0 - $1) }
      let away = zip(toEnd, toEnd.dropFirst()).map { max(0, $1 - $0) }
      returns.append(back.reduce(0, +) + away.reduce(0, +))
    }
    let between = rows.flatMap { $0.dropFirst().dropLast() }
    largestStep = steps.max() ?? 0
    histogram = (0...largestStep).map { size in steps.count { $0 == size } }
    smooth = Share(steps.map { $0 <= MorphWalk.limit })
    allowed = Share(between.map { $0.pattern != nil })
    let plainly = between.compactMap(\.isPlain)
    plain = plainly.isEmpty ? nil : Share(plainly)
    monotone = Share(returns.map { $0 == 0 })
    meanReturn = Double(returns.reduce(0, +)) / Double(max(1, returns.count))
    meanStep = Double(steps.reduce(0, +)) / Double(max(1, steps.count))
  }

  /// Changed notes between the cells of two samples; between their lines where one of them is no pattern.
  static func cells(_ first: PatternSample, _ second: PatternSample) -> Int {
    guard let one = first.pattern, let other = second.pattern else { return lines(first, second) }
    return one.changedNotes(to: other)
  }

  /// Changed notes between the lines of two samples, at most 37.
  static func lines(_ first: PatternSample, _ second: PatternSample) -> Int {
    EditDistance.between(first.line, second.line)
  }
}
