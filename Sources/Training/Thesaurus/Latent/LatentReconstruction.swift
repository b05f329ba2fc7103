// A pattern through the encoder and the decoder.

import Foundation
public import Improviser
public import Music

/// What comes back of a pattern.
public struct LatentReconstruction: Sendable {
  /// What was encoded.
  public let original: ThesaurusPattern
  /// What was decoded, with the mean of the encoding as its vector.
  public let point: LatentPoint
  /// Kullback and Leibler's divergence of the encoding from the prior in nats: how much the latent vector tells of the
  /// pattern.
  public let divergence: Double

  /// What came back, and how it was encoded.
  init(original: ThesaurusPattern, point: LatentPoint, divergence: Double) {
    self.original = original
    self.point = point
    self.divergence = divergence
  }

  /// Encodes and decodes a pattern.
  public init(_ original: ThesaurusPattern, decoder: PatternDecoder) {
    self.original = original
    let (mean, logVariance) = decoder.model.encode(original)
    point = LatentPoint(numbers: mean, decoder: decoder)
    divergence = zip(mean, logVariance).reduce(0) { sum, number in
      let (mean, logVariance) = (Double(number.0), Double(number.1))
      return sum + (mean * mean + exp(logVariance) - 1 - logVariance) / 2
    }
  }

  /// Whether the same pattern came back.
  public var isExact: Bool { original == point.pattern }

  /// How many notes of the cell differ.
  public var changes: Int { original.changedNotes(to: point.pattern) }

  /// What differs in words: the progression, added notes that are missing and those that are new; empty when exact.
  public var differences: [String] {
    let (before, after) = (original, point.pattern)
    var texts: [String] = []
    if before.progression != after.progression {
      texts.append("\(after.progression.rawValue) instead of \(before.progression.rawValue)")
    }
    let (lost, gained) = (before.offsets.filter { !after.has($0) }, after.offsets.filter { !before.has($0) })
    if !lost.isEmpty { texts.append("without \(lost.signed)") }
    if !gained.isEmpty { texts.append("with \(gained.signed)") }
    return texts
  }
}

extension [Int] {
  /// Offsets as people read them: "-1 +3 +8".
  var signed: String { map { $0 > 0 ? "+\($0)" : "\($0)" }.joined(separator: " ") }
}
