// The arithmetic mixture of several distributions, with weights that learn.

import Foundation
import Neural

/// Mixes the distributions of experts: p = Σ w_i p_i. There is a set of weights for each length of context that the
/// player's memory knows, since the player's habits deserve the more trust the longer they are.
///
/// Weights follow the experts by exponentiated gradient on the logarithmic loss, with a small share that returns to the
/// first weights so that none is lost (fixed share). The memory is taken in `init`; one thread owns it.
/// Sources: Kivinen and Warmuth, "Exponentiated gradient versus gradient descent", Information and Computation 132
/// (1997), 1-63; Herbster and Warmuth, "Tracking the best expert", Machine Learning 32 (1998), 151-178.
final class PartMixture {
  /// Sets of weights: nothing known, then contexts of 0...5 symbols and more.
  static let gateCount = 7
  private static let rate: Float = 0.05
  private static let share: Float = 0.001
  /// An expert that was this many times better than the mixture counts no more than that.
  private static let largestRatio: Float = 10
  /// Floats from the distribution of an expert to the next.
  private static let stride = 144

  let experts: [Expert]
  let classCount: Int
  /// Sets of weights, `gateCount` × experts, each with the sum 1.
  private(set) var weights: [Float]
  private let distributions: AlignedFloats
  private let output: AlignedFloats
  private var effective: [Float]
  private let first: [Float]

  /// - Parameter experts: at least one.
  init(experts: [Expert], classCount: Int) {
    self.experts = experts
    self.classCount = classCount
    let sum = experts.reduce(0) { $0 + $1.weight }
    first = experts.map { $0.weight / sum }
    weights = Array((0..<Self.gateCount).map { [first] _ in first }.joined())
    effective = first
    distributions = AlignedFloats(count: experts.count * Self.stride)
    output = AlignedFloats(count: Self.stride)
  }

  /// The weights are as at the start.
  func reset() {
    for index in weights.indices { weights[index] = first[index % experts.count] }
  }

  /// Takes over the weights of a mixture of the same experts.
  func adopt(_ other: PartMixture) {
    guard other.experts == experts else { return }
    weights = other.weights
  }

  /// The set of weights for a context of which the player's memory knows the newest `order` symbols.
  static func gate(matched order: Int?) -> Int { order.map { min($0 + 1, gateCount - 1) } ?? 0 }

  /// Where expert `index` writes its distribution.
  func distribution(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: distributions.pointer + index * Self.stride, count: Self.stride)
  }

  /// The mixture of the distributions.
  /// - Parameters:
  ///   - gate: the set of weights.
  ///   - odds: what the weights of the memory of all that the player played are multiplied by; 0 leaves it out.
  ///   - recentOdds: the same for what the player played last.
  func mix(gate: Int, odds: Float, recentOdds: Float) -> UnsafeBufferPointer<Float> {
    var sum: Float = 0
    for index in experts.indices {
      var weight = weights[gate * experts.count + index]
      switch experts[index].source {
      case .shortTerm: weight *= odds
      case .recent: weight *= recentOdds
      case .network, .longTerm: break
      }
      effective[index] = weight
      sum += weight
    }
    output.pointer.update(repeating: 0, count: classCount)
    for index in experts.indices where effective[index] > 0 {
      let weight = effective[index] / sum
      let distribution = distributions.pointer + index * Self.stride
      for symbol in 0..<classCount { output.pointer[symbol] += weight * distribution[symbol] }
    }
    return UnsafeBufferPointer(start: output.pointer, count: classCount)
  }

  /// Moves the weights towards the experts that expected `symbol`; the distributions are those of the last `mix`.
  func learn(_ symbol: Int, gate: Int) {
    let range = gate * experts.count..<(gate + 1) * experts.count
    var expected: Float = 0
    for index in experts.indices { expected += weights[range.lowerBound + index] * probability(index, symbol) }
    guard expected > 0, gate > 0 else { return }
    var sum: Float = 0
    for index in experts.indices {
      let ratio = min(probability(index, symbol) / expected, Self.largestRatio)
      weights[range.lowerBound + index] *= exp(Self.rate * (ratio - 1))
      sum += weights[range.lowerBound + index]
    }
    for index in experts.indices {
      let weight = weights[range.lowerBound + index] / sum
      weights[range.lowerBound + index] = (1 - Self.share) * weight + Self.share * first[index]
    }
  }

  private func probability(_ expert: Int, _ symbol: Int) -> Float {
    distributions.pointer[expert * Self.stride + symbol]
  }
}
