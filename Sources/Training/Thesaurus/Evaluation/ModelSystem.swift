// Antiphon's autoencoder as it is measured.

import Improviser
import Music

/// The model of a file.
final class ModelSystem: PatternSystem {
  let name = "Antiphon"
  let model: ThesaurusModel
  let decoder: PatternDecoder

  init(_ model: ThesaurusModel) {
    self.model = model
    decoder = PatternDecoder(model: model)
  }

  var parameters: Int? {
    let (values, hidden, latent) = (PatternLogits.count, model.hidden, model.latent)
    let encoder = (values + 1) * hidden + (hidden + 1) * hidden + 2 * (hidden + 1) * latent
    return encoder + (latent + 1) * hidden + (hidden + 1) * hidden + (hidden + 1) * values
  }

  func samples(_ count: Int, using random: inout SplitMix64) -> [PatternSample] {
    (0..<count).map { _ in
      let latent = (0..<model.latent).map { _ in Float(random.nextGaussian()) }
      return latent.withUnsafeBufferPointer { latent in
        let isPlain = decoder.logits(latent) { PatternLogits.plain($0) != nil }
        return PatternSample(decoder.decode(latent), isPlain: isPlain)
      }
    }
  }

  func reconstructs(_ patterns: [ThesaurusPattern]) -> [Bool] {
    patterns.map { decoder.decode(model.encode($0).mean) == $0 }
  }

  func reconstructsPlainly(_ patterns: [ThesaurusPattern]) -> [Bool]? {
    patterns.map { pattern in
      model.encode(pattern).mean.withUnsafeBufferPointer { decoder.logits($0, PatternLogits.plain) } == pattern
    }
  }

  func row(
    from start: ThesaurusPattern, to end: ThesaurusPattern, path: LatentPath, count: Int,
    using random: inout SplitMix64
  ) -> [PatternSample] {
    let (start, end) = (model.encode(start).mean, model.encode(end).mean)
    return (0..<count).map { place in
      let latent = path.point(from: start, to: end, at: Float(place) / Float(count - 1))
      return latent.withUnsafeBufferPointer { latent in
        PatternSample(decoder.decode(latent), isPlain: decoder.logits(latent) { PatternLogits.plain($0) != nil })
      }
    }
  }

  /// The same row, evenly spaced by changed notes.
  func walk(from start: ThesaurusPattern, to end: ThesaurusPattern, path: LatentPath, count: Int) -> [PatternSample] {
    let (start, end) = (model.encode(start).mean, model.encode(end).mean)
    let walk = MorphWalk(from: start, to: end, path: path, count: count, decoder: decoder)
    return walk.steps.map { PatternSample($0.pattern) }
  }

  func divergence(of patterns: [ThesaurusPattern]) -> Double? {
    let sum = patterns.reduce(0) { sum, pattern in
      let (mean, logVariance) = model.encode(pattern)
      return sum + RollFigures.divergence(mean: mean, logVariance: logVariance)
    }
    return sum / Double(max(1, patterns.count))
  }
}
