// Probabilities of a choice, to be bent and drawn from.

import Foundation

/// Up to 128 probabilities in memory of their own. Whatever is done to them, something can be drawn afterwards: what
/// would leave nothing falls back to the choices that are allowed, and the possible stays possible.
struct Distribution {
  /// The most choices.
  static let capacity = 128
  private var values = [Double](repeating: 0, count: capacity)
  /// The number of choices.
  private(set) var count = 0

  /// Starts from a model's probabilities. Numbers that are no probability count as 0.
  mutating func load(_ probabilities: UnsafeBufferPointer<Float>) {
    count = min(probabilities.count, Self.capacity)
    for index in 0..<count {
      let value = Double(probabilities[index])
      values[index] = value.isFinite && value > 0 ? value : 0
    }
  }

  /// The present weight of a choice; the weights need not sum to 1.
  subscript(index: Int) -> Double { values[index] }

  /// The sum of the weights.
  var total: Double {
    var sum = 0.0
    for index in 0..<count { sum += values[index] }
    return sum
  }

  /// Multiplies the weights by those of a preference, which are finite and not negative.
  mutating func weigh(_ weight: (Int) -> Double) {
    for index in 0..<count { values[index] *= weight(index) }
  }

  /// Rules out what is not allowed.
  ///
  /// - Parameter fallback: The weight of an allowed choice when the weights of all of them are 0.
  mutating func allow(_ isAllowed: (Int) -> Bool, fallback: (Int) -> Double) {
    var sum = 0.0
    for index in 0..<count {
      if !isAllowed(index) { values[index] = 0 }
      sum += values[index]
    }
    guard sum < 1e-30 else { return }
    for index in 0..<count { values[index] = isAllowed(index) ? max(fallback(index), 1e-12) : 0 }
  }

  /// Adds a choice: the share `share` of the whole goes to `index`.
  mutating func lean(to index: Int, share: Double) {
    let sum = total
    for index in 0..<count { values[index] *= 1 - share }
    values[index] += share * (sum > 0 ? sum : 1)
  }

  /// Sharpens (below 1) or flattens (above 1) the weights.
  mutating func temper(_ temperature: Double) {
    var largest = 0.0
    for index in 0..<count { largest = max(largest, values[index]) }
    guard largest > 0, temperature != 1 else { return }
    for index in 0..<count where values[index] > 0 {
      values[index] = pow(values[index] / largest, 1 / temperature)
    }
  }

  /// Keeps the likeliest choices that together reach the share `nucleus` (Holtzman et al. 2020); of equally likely ones
  /// all or none.
  mutating func cut(nucleus: Double) {
    guard nucleus < 1 else { return }
    let sum = total
    // The threshold is sought by halving, which needs no sorted copy.
    var (low, high) = (0.0, sum)
    for _ in 0..<28 {
      let middle = (low + high) / 2
      var kept = 0.0
      for index in 0..<count where values[index] >= middle { kept += values[index] }
      if kept >= nucleus * sum { low = middle } else { high = middle }
    }
    for index in 0..<count where values[index] < low { values[index] = 0 }
  }

  /// The choice at `place`, 0..<1, of the summed weights, or nil when all are 0.
  func draw(_ place: Double) -> Int? {
    let target = place * total
    var (sum, last): (Double, Int?) = (0, nil)
    for index in 0..<count where values[index] > 0 {
      sum += values[index]
      last = index
      if sum > target { return index }
    }
    return last
  }
}
