// The LSTM layer: its values against the formula, its gradients against finite differences, and its refusals.
import Foundation
import Testing
import Torch

@Suite struct LSTMLayerTests {
  private let steps = 5
  private let rows = 3
  private let inputs = 2
  private let hidden = 3

  /// Numbers within ±0.9 that follow no pattern.
  private func numbers(_ count: Int, _ seed: Double) -> [Double] {
    (0..<count).map { place -> Double in
      let x = Double(place)
      return 0.9 * sin(seed + 1.7 * x + 0.3 * x * x)
    }
  }

  /// What the layer reads, all in double precision: x, first states, weights, and where sequences begin.
  private var tensors: [(values: [Double], shape: [Int])] {
    [
      (numbers(steps * rows * inputs, 1), [steps, rows, inputs]),
      (numbers(rows * hidden, 2), [rows, hidden]),
      (numbers(rows * hidden, 3), [rows, hidden]),
      (numbers(4 * hidden * inputs, 4), [4 * hidden, inputs]),
      (numbers(4 * hidden * hidden, 5), [4 * hidden, hidden]),
      (numbers(4 * hidden, 6), [4 * hidden]),
    ]
  }

  /// Row 1 begins anew at step 2, row 2 at the first step.
  private var keep: [Double] {
    var keep = [Double](repeating: 1, count: steps * rows)
    keep[2 * rows + 1] = 0
    keep[2] = 0
    return keep
  }

  private func run(_ all: [Tensor]) throws -> (y: Tensor, state: LSTMLayer.State) {
    let layer = LSTMLayer(weightIH: all[3], weightHH: all[4], bias: all[5])
    var state = LSTMLayer.State(hidden: all[1], cell: all[2])
    let y = try layer(all[0], state: &state, keep: Tensor(keep, shape: [steps, rows]))
    return (y, state)
  }

  /// The outputs and the last cells, one row and one unit at a time.
  private func formula() -> (y: [Double], cells: [Double]) {
    let all = tensors.map(\.values)
    var h = all[1]
    var c = all[2]
    var y: [Double] = []
    for t in 0..<steps {
      for b in 0..<rows {
        let kept = keep[t * rows + b]
        let before = (0..<hidden).map { h[b * hidden + $0] * kept }
        let gates = (0..<4 * hidden).map { gate -> Double in
          var sum = all[5][gate]
          for i in 0..<inputs { sum += all[3][gate * inputs + i] * all[0][(t * rows + b) * inputs + i] }
          for i in 0..<hidden { sum += all[4][gate * hidden + i] * before[i] }
          return sum
        }
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        for j in 0..<hidden {
          let forgotten: Double = sigmoid(gates[hidden + j]) * c[b * hidden + j] * kept
          let cell = forgotten + sigmoid(gates[j]) * tanh(gates[2 * hidden + j])
          c[b * hidden + j] = cell
          h[b * hidden + j] = sigmoid(gates[3 * hidden + j]) * tanh(cell)
        }
      }
      y += h
    }
    return (y, c)
  }

  @Test func valuesFollowTheFormula() throws {
    let (y, state) = try run(tensors.map { try Tensor($0.values, shape: $0.shape) })
    let wanted = formula()
    #expect(y.shape == [steps, rows, hidden])
    for (value, expected) in zip(try y.values(as: Double.self), wanted.y) { #expect(abs(value - expected) < 1e-12) }
    let last = try state.hidden.values(as: Double.self)
    let tail = try y.values(as: Double.self).suffix(rows * hidden)
    #expect(last == Array(tail))
    for (value, expected) in zip(try state.cell.values(as: Double.self), wanted.cells) {
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test(arguments: 0..<6) func gradientsAreThoseOfDifferences(of place: Int) throws {
    func loss(_ changed: Tensor) throws -> Tensor {
      var all = try tensors.map { try Tensor($0.values, shape: $0.shape) }
      all[place] = changed
      let (y, state) = try run(all)
      let weights = try Tensor(numbers(steps * rows * hidden, 7), shape: [steps, rows, hidden])
      return try (y * weights).sum() + (state.hidden.square() + state.cell.exp()).sum()
    }
    let (values, shape) = tensors[place]
    let x = try Tensor(values, shape: shape).requiringGradient()
    try loss(x).backward()
    let gradient = try x.gradient().values(as: Double.self)
    for index in values.indices {
      var (up, down) = (values, values)
      up[index] += 1e-5
      down[index] -= 1e-5
      let difference = try loss(Tensor(up, shape: shape)).item() - loss(Tensor(down, shape: shape)).item()
      #expect(abs(difference / 2e-5 - gradient[index]) < 1e-7)
    }
  }

  @Test func windowsWithCarriedStateAreOneSequence() throws {
    let layer = try LSTMLayer(inputs: inputs, hidden: hidden)
    let x = try Tensor(numbers(steps * rows * inputs, 1).map { Float($0) }, shape: [steps, rows, inputs])
    let keep = try Tensor([Float](repeating: 1, count: steps * rows), shape: [steps, rows])
    var whole = try layer.start(batch: rows)
    let y = try layer(x, state: &whole, keep: keep).floats()
    var carried = try layer.start(batch: rows)
    let first = try layer(x.slice(0, 0..<2), state: &carried, keep: keep.slice(0, 0..<2)).floats()
    carried = try carried.detached()
    let second = try layer(x.slice(0, 2..<5), state: &carried, keep: keep.slice(0, 2..<5)).floats()
    for (a, b) in zip(y, first + second) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func shapesThatDoNotFitAreRefused() throws {
    let layer = try LSTMLayer(inputs: inputs, hidden: hidden)
    var state = try layer.start(batch: rows)
    let keep = try Tensor.zeros([steps, rows])
    for shape in [[steps, rows], [steps, rows, inputs + 1], [steps, rows + 1, inputs], [0, rows, inputs]] {
      let x = try Tensor([Float](repeating: 0, count: shape.reduce(1, *)), shape: shape)
      let error = #expect(throws: TorchError.self) { try layer(x, state: &state, keep: keep) }
      #expect(error?.description.hasPrefix("lstm: ") == true)
    }
    let doubles = try Tensor([Double](repeating: 0, count: steps * rows * inputs), shape: [steps, rows, inputs])
    #expect(throws: TorchError.self) { try layer(doubles, state: &state, keep: keep) }
    #expect(throws: TorchError.self) {
      try layer(Tensor.zeros([steps, rows, inputs]), state: &state, keep: Tensor.zeros([rows]))
    }
  }
}
