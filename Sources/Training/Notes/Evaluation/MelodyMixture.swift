// Several predictions of one note as one.

import Foundation

/// An arithmetic mixture of distributions. Each model's weight is its share, times a power of how far it is from
/// knowing nothing.
/// Source: Pearce, Conklin and Wiggins, "Methods for combining statistical models of music", CMMR 2004.
struct MelodyMixture {
  /// The share of each model; the sum is 1.
  private(set) var shares: [Double]
  /// The exponent of the relative entropy: 0 makes the weights the shares.
  private(set) var bias: Double

  /// Distributions of each note: [note][model][symbol].
  typealias Predictions = [[[Double]]]

  private static let biases = [0.0, 0.5, 1, 1.5, 2, 3, 4, 6]
  private static let rounds = 30

  /// Learns shares and bias that make `targets` most probable.
  ///
  /// The shares are improved by expectation maximisation.
  init(_ predictions: Predictions, targets: [Int]) {
    let count = predictions.first?.count ?? 1
    self.init(shares: Array(repeating: 1 / Double(count), count: count), bias: 0)
    guard count > 1, !predictions.isEmpty else { return }
    var best = (bits: Double.infinity, mixture: self)
    for bias in Self.biases {
      var mixture = MelodyMixture(shares: shares, bias: bias)
      let confidences = predictions.map { $0.map { Self.confidence($0, bias: bias) } }
      for _ in 0..<Self.rounds { mixture.improve(predictions, confidences, targets) }
      var bits = 0.0
      for (prediction, target) in zip(predictions, targets) { bits -= log2(mixture.mix(prediction)[target]) }
      if bits < best.bits { best = (bits, mixture) }
    }
    self = best.mixture
  }

  private init(shares: [Double], bias: Double) {
    self.shares = shares
    self.bias = bias
  }

  /// The mixture of the models' distributions of one note.
  func mix(_ prediction: [[Double]]) -> [Double] {
    let weights = zip(shares, prediction).map { $0 * Self.confidence($1, bias: bias) }
    let sum = weights.reduce(0, +)
    var mixed = Array(repeating: 0.0, count: prediction[0].count)
    for (weight, distribution) in zip(weights, prediction) {
      for index in mixed.indices { mixed[index] += weight / sum * distribution[index] }
    }
    return mixed
  }

  private mutating func improve(_ predictions: Predictions, _ confidences: [[Double]], _ targets: [Int]) {
    var counts = Array(repeating: 1e-3, count: shares.count)
    for index in predictions.indices {
      let weights = zip(shares, confidences[index]).map { $0 * $1 }
      let joint = zip(weights, predictions[index]).map { $0 * $1[targets[index]] }
      let sum = joint.reduce(0, +)
      for model in counts.indices where sum > 0 { counts[model] += joint[model] / sum }
    }
    // The confidences vary from note to note, so this is no exact maximisation; the best bias is chosen by its bits.
    let sum = counts.reduce(0, +)
    shares = counts.map { $0 / sum }
  }

  /// (most entropy there can be / entropy) to the power of `bias`.
  private static func confidence(_ distribution: [Double], bias: Double) -> Double {
    guard bias > 0, distribution.count > 1 else { return 1 }
    let entropy = distribution.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
    return pow(log(Double(distribution.count)) / max(entropy, 0.05), bias)
  }
}
