// In which order a training sees its patterns.
import Foundation
import Music

/// Draws the patterns of each pass with replacement: first the progression, then one of its patterns. The draws of a
/// pass follow from the seed and its number alone, so that a training continued in its middle sees the same ones.
struct PatternOrder {
  private let groups: [(item: [Int], weight: Double)]
  private let count: Int
  private let seed: UInt64

  /// - Parameters:
  ///   - balance: 0 draws progressions as often as `patterns` has them, 1 all alike.
  init(_ patterns: [ThesaurusPattern], balance: Double, seed: UInt64) {
    let places = Dictionary(grouping: patterns.indices) { patterns[$0].progression }
    groups = Progression.allCases.compactMap { places[$0] }.map { ($0, pow(Double($0.count), 1 - balance)) }
    count = patterns.count
    self.seed = seed
  }

  /// The places of the patterns that pass `epoch` draws, as many as there are patterns.
  func draws(epoch: Int) -> [Int] {
    guard !groups.isEmpty else { return [] }
    var random = SplitMix64(seed: seed, index: UInt64(epoch))
    return (0..<count).map { _ in random.choose(random.choose(groups)) }
  }
}
