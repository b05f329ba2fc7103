// Labelled histories that a test makes in a moment: random notes of a scale, with the tonic heard most.
@testable import Training

import Music

/// Makes data sets in memory.
enum SyntheticSamples {
  /// Samples over `families`, and every sixth without a scale when asked; three fifths train, one validates, one tests.
  static func make(_ count: Int, families: [ScaleFamily], negatives: Bool = false, seed: UInt64 = 1) -> ChromaSamples {
    var samples = ChromaSamples()
    samples.reserveCapacity(count)
    for index in 0..<count {
      var random = SplitMix64(seed: seed, index: UInt64(index))
      let steps = random.integer(12...161)
      let isNegative = negatives && index % 6 == 5
      let family = random.choose(families)
      let tonic = random.integer(0...11)
      var history = [Float16](repeating: 0, count: steps * 36)
      for step in 0..<steps {
        for band in 0..<3 {
          let degree = random.chance(0.3) ? 0 : random.choose(family.intervals)
          let pitch = isNegative ? random.integer(0...11) : (tonic + degree) % 12
          history[step * 36 + band * 12 + pitch] += Float16(1 + random.nextFloat())
        }
      }
      let splits: [ChromaSamples.Split] = [.train, .train, .train, .validation, .test]
      samples.append(
        history,
        .init(
          steps: steps, tonic: isNegative ? nil : tonic, families: isNegative ? 0 : 1 << UInt32(family.index),
          kind: isNegative ? .negative : .improvisation, isHard: index % 2 == 1, split: splits[index % 5]))
    }
    return samples
  }
}
