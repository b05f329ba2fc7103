// The baseline that draws patterns from the list.

import Improviser
import Music

/// Allowed patterns drawn at random, whatever is asked for.
struct RandomSystem: PatternSystem {
  let name = "random patterns"

  func samples(_ count: Int, using random: inout SplitMix64) -> [PatternSample] {
    (0..<count).map { _ in PatternSample(random.choose(PatternList.all.patterns)) }
  }

  /// Never: a pattern that is drawn says nothing of the one that was given.
  func reconstructs(_ patterns: [ThesaurusPattern]) -> [Bool] { patterns.map { _ in false } }

  /// The ends, and between them patterns drawn at random.
  func row(
    from start: ThesaurusPattern, to end: ThesaurusPattern, path: LatentPath, count: Int,
    using random: inout SplitMix64
  ) -> [PatternSample] {
    [PatternSample(start)] + samples(count - 2, using: &random) + [PatternSample(end)]
  }
}
