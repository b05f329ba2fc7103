// How valid, new and different samples are.

import Foundation
import Music

/// Figures of samples.
public struct SampleFigures: Sendable, Codable, Hashable {
  /// Notes that obey an equal division of octaves.
  public var divided: Share
  /// Notes that also obey the rules of where notes may be added: patterns.
  public var allowed: Share
  /// What the network meant before a search among allowed patterns; nil where there is none.
  public var plain: Share?
  /// Patterns whose notes are those of no training pattern, among the allowed.
  public var novel: Share
  /// Patterns whose pitches, in whatever order, are those of no training pattern, among the allowed.
  public var novelScales: Share
  /// Different patterns among the allowed.
  public var distinct: Share
  /// Mean changed notes between the cells of two samples, over pairs drawn at random; nil with fewer than two.
  public var meanDistance: Double?
  /// Entropy over the 11 progressions in bits, at most 3.46.
  public var progressionEntropy: Double
  /// Entropy over the 7 operations in bits, at most 2.81.
  public var operationEntropy: Double

  private static let pairs = 20_000

  /// Measures samples of which those are new that `split` did not train.
  init(_ samples: [PatternSample], split: PatternSplit, random: inout SplitMix64) {
    let patterns = samples.compactMap(\.pattern)
    divided = Share(samples.map(\.isDivided))
    allowed = Share(patterns.count, of: samples.count)
    let plainly = samples.compactMap(\.isPlain)
    plain = plainly.isEmpty ? nil : Share(plainly)
    novel = Share(patterns.map(split.isNovel))
    novelScales = Share(patterns.map(split.isNovelScale))
    distinct = Share(Set(patterns).count, of: patterns.count)
    progressionEntropy = Self.entropy(patterns.map(\.progression))
    operationEntropy = Self.entropy(patterns.map(\.operation))
    guard patterns.count > 1 else { return }
    var sum = 0
    for _ in 0..<Self.pairs {
      // Two different samples, which may be the same pattern.
      let first = random.integer(0...patterns.count - 1)
      let second = (first + random.integer(1...patterns.count - 1)) % patterns.count
      sum += patterns[first].changedNotes(to: patterns[second])
    }
    meanDistance = Double(sum) / Double(Self.pairs)
  }

  /// Shannon's entropy of how often each value occurs, in bits; 0 without values.
  static func entropy<Value: Hashable>(_ values: [Value]) -> Double {
    // Added up in order, so that the last digit is the same every time.
    Dictionary(grouping: values) { $0 }.values.map(\.count).sorted().reduce(0) { sum, count in
      let share = Double(count) / Double(values.count)
      return sum - share * log2(share)
    }
  }
}
