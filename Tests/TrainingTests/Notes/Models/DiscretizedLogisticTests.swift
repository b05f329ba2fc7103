// The classes of a cut logistic distribution: against the definition, in the tails, and with gradients.
import Foundation
import Testing
import Torch

@testable import Training

@Suite struct DiscretizedLogisticTests {
  private let borders = [0.5, 1.5, 3, 10]

  /// log(σ(b) - σ(a)) by the definition, in double precision.
  private func expected(_ mean: Double, _ scale: Double) -> [Double] {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    let below = [-Double.infinity] + borders, above = borders + [.infinity]
    return zip(below, above).map { log(sigmoid(($1 - mean) / scale) - sigmoid(($0 - mean) / scale)) }
  }

  @Test(arguments: [(0.0, 1.0), (2, 0.5), (7, 3), (1.2, 0.2)])
  func followsTheDefinition(_ mean: Double, _ scale: Double) throws {
    let distribution = try DiscretizedLogistic(borders: borders)
    let logits = try distribution.logits(
      mean: Tensor([Float(mean)], shape: [1, 1]), logScale: Tensor([Float(log(scale))])
    ).floats()
    for (found, wanted) in zip(logits, expected(mean, scale)) where wanted > -12 {
      #expect(abs(Double(found) - wanted) < 1e-4 * max(1, abs(wanted)), "\(mean) \(scale)")
    }
  }

  @Test func staysFiniteFarFromTheMean() throws {
    let distribution = try DiscretizedLogistic(borders: borders)
    let mean = try Tensor([Float(-1000), 1000], shape: [2, 1]).requiringGradient()
    let logScale = try Tensor([Float(-2)]).requiringGradient()
    let logits = try distribution.logits(mean: mean, logScale: logScale)
    #expect(try logits.floats().allSatisfy(\.isFinite))
    #expect(try logits.logSumExp(over: [1]).floats().allSatisfy { abs($0) < 1e-5 })
    try logits.crossEntropy(targets: Tensor([Int64(4), 0])).backward()
    // Both means are pulled towards their class.
    let pull = try mean.gradient().floats()
    #expect(pull[0] < 0 && pull[1] > 0)
    #expect(try logScale.gradient().floats().allSatisfy(\.isFinite))
  }
}
