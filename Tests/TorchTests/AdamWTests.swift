// AdamW against its formula, and exact continuation from a saved state.
import Testing
import Torch

@Suite struct AdamWTests {
  @Test func stepsFollowTheFormula() throws {
    let (rate, decay, beta1, beta2, epsilon) = (0.01, 0.1, 0.9, 0.999, 1e-8)
    let x = try Tensor([1.5, -2.0]).requiringGradient()
    let optimizer = try AdamW([x], rate: rate, weightDecay: decay)
    var expected = [1.5, -2.0]
    var mean = [0.0, 0.0]
    var square = [0.0, 0.0]
    for step in 1...4 {
      try x.zeroGradient()
      try (x.square() * x).sum().backward()  // gradient 3 x²
      try optimizer.step()
      for i in 0..<2 {
        let gradient = 3 * expected[i] * expected[i]
        mean[i] = beta1 * mean[i] + (1 - beta1) * gradient
        square[i] = beta2 * square[i] + (1 - beta2) * gradient * gradient
        let unbiasedMean = mean[i] / (1 - power(beta1, step))
        let unbiasedSquare = square[i] / (1 - power(beta2, step))
        expected[i] -= rate * decay * expected[i]
        expected[i] -= rate * unbiasedMean / (unbiasedSquare.squareRoot() + epsilon)
      }
      for (value, wanted) in zip(try x.values(as: Double.self), expected) { #expect(abs(value - wanted) < 1e-10) }
    }
  }

  @Test func restoredStateContinuesExactly() throws {
    func run(_ x: Tensor, _ optimizer: AdamW, steps: Int) throws {
      for _ in 0..<steps {
        try x.zeroGradient()
        try x.square().sum().backward()
        try optimizer.step()
      }
    }
    let x = try Tensor([1, 2, 3] as [Float]).requiringGradient()
    let optimizer = try AdamW([x], rate: 0.1, weightDecay: 0.01)
    try run(x, optimizer, steps: 3)
    let y = try Tensor(x.floats(), shape: [3]).requiringGradient()
    let resumed = try AdamW([y], rate: 0.1, weightDecay: 0.01)
    try resumed.restore(optimizer.states())
    try run(x, optimizer, steps: 3)
    try run(y, resumed, steps: 3)
    #expect(try x.floats() == y.floats())
    #expect(try optimizer.states()[0].step == 6)
  }

  @Test func stateOfAnotherShapeIsRefused() throws {
    let x = try Tensor.zeros([3]).requiringGradient()
    let optimizer = try AdamW([x], rate: 0.1, weightDecay: 0)
    let zeros = try Tensor.zeros([2])
    #expect(throws: TorchError.self) { try optimizer.restore([.init(step: 1, mean: zeros, square: zeros)]) }
    #expect(throws: TorchError.self) { try optimizer.restore([]) }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }
}
