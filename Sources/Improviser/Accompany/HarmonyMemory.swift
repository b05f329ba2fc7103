// What was heard beat by beat, and what comes next if it repeats.

/// Finds the passage that is most like the last beats and expects what followed it: songs go round in a few bars, and
/// who accompanies them knows the next chord before it sounds. A unit over beats.
/// The likeness is the cosine of the pitch classes heard, as in the self-similarity matrices of Foote, "Visualizing
/// music and audio using self-similarity", ACM Multimedia (1999).
struct HarmonyMemory {
  /// Beats remembered, longest distance of a repetition and the beats compared, at least and at most.
  private static let capacity = 160
  private static let longestLag = 64
  private static let compared = 4...8
  /// Likeness from which a repetition is believed, and how fast the trust grows to 1 above it.
  private static let threshold = 0.8
  private static let growth = 7.0
  /// What the beat after counts, compared with the one before.
  private static let lookaheadFading = 0.5

  /// Unit vectors of 12, or zeros for a silent beat; oldest first.
  private var beats: [[Double]] = []

  init() { beats.reserveCapacity(Self.capacity) }

  /// Enters the beat that has just ended.
  mutating func process(_ weights: [Double]) {
    let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    if beats.count == Self.capacity { beats.removeFirst() }
    beats.append(length > 1e-6 ? weights.map { $0 / length } : weights.map { _ in 0 })
  }

  /// Forgets everything.
  mutating func reset() { beats.removeAll(keepingCapacity: true) }

  /// The pitch classes expected in the beats to come, the nearest counting most, sum 1.
  /// - Parameter count: beats that matter, usually the rest of the bar.
  /// - Returns: the weights and how much they can be trusted, 0...1; nil when nothing repeats.
  func expectation(of count: Int) -> (weights: [Double], trust: Double)? {
    var best: (lag: Int, likeness: Double)?
    for lag in stride(from: 2, through: min(Self.longestLag, beats.count - Self.compared.lowerBound), by: 1) {
      let found = likeness(at: lag)
      if found > best?.likeness ?? Self.threshold { best = (lag, found) }
    }
    guard let best else { return nil }
    var weights = [Double](repeating: 0, count: 12)
    var share = 1.0
    for beat in 0..<min(max(count, 1), best.lag) {
      for (index, weight) in beats[beats.count - best.lag + beat].enumerated() { weights[index] += share * weight }
      share *= Self.lookaheadFading
    }
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return nil }
    return (weights.map { $0 / sum }, min(1, (best.likeness - Self.threshold) * Self.growth))
  }

  /// How much the last beats are like those `lag` before, 0...1.
  private func likeness(at lag: Int) -> Double {
    let count = min(Self.compared.upperBound, beats.count - lag)
    var sum = 0.0
    for index in beats.count - count..<beats.count {
      let (new, old) = (beats[index], beats[index - lag])
      let product = zip(new, old).reduce(0) { $0 + $1.0 * $1.1 }
      // Two silent beats are alike.
      sum += product == 0 && !new.contains { $0 > 0 } && !old.contains { $0 > 0 } ? 1 : product
    }
    return sum / Double(count)
  }
}
