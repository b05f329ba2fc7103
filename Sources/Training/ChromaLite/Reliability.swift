// Whether probabilities mean what they say.

/// Expected calibration error (Naeini et al. 2015): the mean distance of confidence from accuracy over 15 equal bins,
/// weighted by their counts.
struct Reliability {
  private static let bins = 15
  private var confidence = [Double](repeating: 0, count: bins)
  private var right = [Double](repeating: 0, count: bins)
  private var total = 0

  /// Counts an answer given with `probability`.
  mutating func add(probability: Double, isRight: Bool) {
    let bin = max(0, min(Self.bins - 1, Int(probability * Double(Self.bins))))
    confidence[bin] += probability
    right[bin] += isRight ? 1 : 0
    total += 1
  }

  /// 0 (perfect) to 1.
  var expectedError: Double {
    guard total > 0 else { return 0 }
    return zip(confidence, right).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(total)
  }
}
