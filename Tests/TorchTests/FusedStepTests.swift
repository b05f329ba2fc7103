// Floats of the CPU, which have loops of their own, against the same operations in double precision.
import Foundation
import Testing
import Torch

@Suite struct FusedStepTests {
  /// Numbers within ±`size` that follow no pattern.
  private func numbers(_ count: Int, _ seed: Double, size: Double = 0.9) -> [Double] {
    (0..<count).map { place -> Double in
      let x = Double(place)
      let angle: Double = seed + 1.7 * x + 0.3 * x * x
      return size * sin(angle)
    }
  }

  /// Outputs, last cells and all gradients of a layer; 37 units fill no vector register evenly.
  private func layer<Scalar: TensorScalar>(_ convert: (Double) -> Scalar) throws -> [[Double]] {
    let (steps, rows, inputs, hidden) = (6, 3, 5, 37)
    let shapes = [
      [steps, rows, inputs], [rows, hidden], [rows, hidden], [4 * hidden, inputs], [4 * hidden, hidden], [4 * hidden],
    ]
    let tensors = try shapes.enumerated().map { place, shape in
      // Some gates are far beyond what they can tell apart.
      let values = numbers(shape.reduce(1, *), Double(place), size: place == 5 ? 30 : 0.9)
      return try Tensor(values.map(convert), shape: shape).requiringGradient()
    }
    var keep = [Double](repeating: 1, count: steps * rows)
    (keep[2], keep[3 * rows + 1]) = (0, 0)
    var state = LSTMLayer.State(hidden: tensors[1], cell: tensors[2])
    let y = try LSTMLayer(weightIH: tensors[3], weightHH: tensors[4], bias: tensors[5])(
      tensors[0], state: &state, keep: Tensor(keep.map(convert), shape: [steps, rows]))
    let weights = try Tensor(numbers(steps * rows * hidden, 7).map(convert), shape: [steps, rows, hidden])
    try ((y * weights).sum() + (state.hidden.square() + state.cell).sum()).backward()
    return try [y.values(as: Double.self), state.cell.values(as: Double.self)]
      + tensors.map { try $0.gradient().values(as: Double.self) }
  }

  @Test func theLayerAgreesWithDoublePrecision() throws {
    for (fused, exact) in zip(try layer { Float($0) }, try layer { $0 }) {
      let size = exact.map(abs).max() ?? 0
      let differences: [Double] = zip(fused, exact).map { abs($0 - $1) }
      let error = differences.max() ?? .infinity
      #expect(error < 1e-5 * max(1, size))
    }
  }

  @Test func theOptimiserAgreesWithDoublePrecision() throws {
    func run<Scalar: TensorScalar>(_ convert: (Double) -> Scalar) throws -> [Double] {
      let x = try Tensor(numbers(37, 1).map(convert)).requiringGradient()
      let optimizer = try AdamW([x], rate: 0.01, weightDecay: 0.1)
      for _ in 0..<5 {
        try x.zeroGradient()
        try (x.square() * x).sum().backward()
        try optimizer.step()
      }
      return try x.values(as: Double.self)
    }
    for (fused, exact) in zip(try run { Float($0) }, try run { $0 }) { #expect(abs(fused - exact) < 1e-6) }
  }

  @Test func dropoutKeepsTheMeanAndFollowsTheGenerator() throws {
    let x = try Tensor([Float](repeating: 3, count: 100_000), shape: [1000, 100]).requiringGradient()
    try TorchRuntime.seed(5)
    let state = try TorchRuntime.randomState()
    let dropped = try x.dropout(0.3, training: true)
    let first = try dropped.floats()
    let second = try x.dropout(0.3, training: true).floats()
    #expect((first == second) == false)
    // Three standard deviations of the share.
    let share = Double(first.count { $0 == 0 }) / 100_000
    #expect(abs(share - 0.3) < 0.0045)
    let scaled: Float = 3 / 0.7
    #expect(first.allSatisfy { $0 == 0 || abs($0 - scaled) < 1e-5 })
    // Neighbours are dropped independently of each other.
    let pairs = zip(first, first.dropFirst()).filter { $0 == 0 && $1 == 0 }.count
    let both = Double(pairs) / 100_000
    #expect(abs(both - 0.09) < 0.005)
    try dropped.sum().backward()
    let gradient = try x.gradient().floats()
    #expect(zip(gradient, first).allSatisfy { abs($0 - $1 / 3) < 1e-5 })
    try TorchRuntime.setRandomState(state)
    let again = try x.dropout(0.3, training: true).floats()
    #expect((again == first) == true)
    let unchanged = try x.dropout(0.3, training: false).floats()
    #expect(unchanged.allSatisfy { $0 == 3 })
  }
}
