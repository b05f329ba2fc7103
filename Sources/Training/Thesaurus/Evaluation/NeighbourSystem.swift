// The baseline that knows the training patterns by heart.

import Improviser
import Music

/// Nearest neighbours in the training set: samples are training patterns drawn at random, a pattern is repeated as the
/// training pattern nearest to it, and between two lie the training patterns nearest to the vectors between them.
/// Near is by the 36 numbers of `PatternLogits`, in Euclid's sense.
struct NeighbourSystem: PatternSystem {
  let name = "nearest neighbour"
  let training: [ThesaurusPattern]

  func samples(_ count: Int, using random: inout SplitMix64) -> [PatternSample] {
    (0..<count).map { _ in PatternSample(random.choose(training)) }
  }

  func reconstructs(_ patterns: [ThesaurusPattern]) -> [Bool] {
    patterns.map { nearest(to: PatternLogits.values(of: $0)) == $0 }
  }

  func row(
    from start: ThesaurusPattern, to end: ThesaurusPattern, path: LatentPath, count: Int,
    using random: inout SplitMix64
  ) -> [PatternSample] {
    let (start, end) = (PatternLogits.values(of: start), PatternLogits.values(of: end))
    return (0..<count).map { place in
      PatternSample(nearest(to: path.point(from: start, to: end, at: Float(place) / Float(count - 1))))
    }
  }

  /// The first of the training patterns that come nearest to 36 numbers.
  func nearest(to values: [Float]) -> ThesaurusPattern {
    // |v - x|² = |v|² + Σ (1 - 2v) over the ones of x.
    let costs = values.map { 1 - 2 * $0 }
    var best = (cost: Float.infinity, pattern: training[0])
    for pattern in training {
      var (cost, mask) = (costs[pattern.progression.index], pattern.mask)
      while mask != 0 {
        cost += costs[PatternLogits.progressions + mask.trailingZeroBitCount]
        mask &= mask - 1
      }
      if cost < best.cost { best = (cost, pattern) }
    }
    return best.pattern
  }
}
