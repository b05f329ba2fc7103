// Gradients against finite differences.
import Testing
import Torch

@Suite struct GradientTests {
  /// Compares the gradient of `function` at `values` (in double precision) with central differences.
  private func check(_ values: [Double], shape: [Int], _ function: (Tensor) throws -> Tensor) throws {
    let x = try Tensor(values, shape: shape).requiringGradient()
    try function(x).backward()
    let gradient = try x.gradient().values(as: Double.self)
    let step = 1e-5
    for index in values.indices {
      var up = values
      var down = values
      up[index] += step
      down[index] -= step
      let difference = try function(Tensor(up, shape: shape)).item() - function(Tensor(down, shape: shape)).item()
      #expect(abs(difference / (2 * step) - gradient[index]) < 1e-6 * max(1, abs(gradient[index])))
    }
  }

  private let values = [0.3, -0.7, 1.1, 0.9, -0.2, 0.45]

  @Test func elementwise() throws {
    try check(values, shape: [6]) { x in
      try (x.tanh() * x.sigmoid() + x.exp() / (x.square() + 1).sqrt() - x.relu()).sum()
    }
  }

  @Test func productsAndReductions() throws {
    let other = try Tensor([0.5, -1, 0.25, 2, 1, -0.3], shape: [3, 2])
    try check(values, shape: [2, 3]) { x in try x.matmul(other).logSumExp(over: [1]).mean() }
    try check(values, shape: [2, 3]) { x in try x.logSoftmax(over: 1).slice(1, 0..<1).sum() }
    try check(values, shape: [2, 3]) { x in try x.segmentMean(lengths: [1, 1]).max(over: [1]).sum() }
    try check(values, shape: [1, 2, 3]) { x in
      try x.conv1d(weight: other.reshape([1, 2, 3]), padding: 1).square().sum()
    }
  }

  @Test func sharedWeightsAddUp() throws {
    let index = try Tensor([0, 2, 2, 1, 0] as [Int64])
    try check(values, shape: [2, 3]) { x in try x.indexSelect(1, index).square().permute([1, 0]).sum() }
    try check(values, shape: [2, 3]) { x in try Tensor.cat([x, x.exp()], along: 1).square().mean() }
  }

  @Test func noneIsRecordedWhenSwitchedOff() throws {
    let x = try Tensor([1, 2] as [Float]).requiringGradient()
    let y = try withoutGradients { try x.square().sum() }
    #expect(throws: TorchError.self) { try y.backward() }
    try x.square().sum().backward()
    #expect(try x.gradient().floats() == [2, 4])
    try x.zeroGradient()
    #expect(try x.gradient().floats() == [0, 0])
  }
}
