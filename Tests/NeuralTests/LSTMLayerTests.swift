// The LSTM layer against numpy, on every instruction set of this machine and in both precisions.
import Foundation
import Testing

@testable import Neural

private func difference(_ left: [Float], _ right: [Float]) -> Float {
  left.count == right.count ? zip(left, right).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

/// Runs layers over inputs [steps, layers.first.inputs]; gives the topmost hidden states [steps, units] and states.
private func run(_ layers: [LSTMLayer], _ inputs: [Float]) -> (outputs: [Float], states: [LSTMState]) {
  let states = layers.map { LSTMState(units: $0.units) }
  var outputs: [Float] = []
  inputs.withUnsafeBufferPointer { buffer in
    for start in stride(from: 0, to: inputs.count, by: layers[0].inputs) {
      var x = buffer.baseAddress! + start
      for (layer, state) in zip(layers, states) {
        layer.process(x, state)
        x = state.hidden
      }
      outputs += UnsafeBufferPointer(start: x, count: layers[layers.count - 1].units)
    }
  }
  return (outputs, states)
}

/// 2 × LSTM 256 with the weights of scripts/golden/lstm.py.
private func largeLayers(_ precision: WeightPrecision, _ instructions: KernelInstructions) -> [LSTMLayer] {
  [(UInt64(1), 128), (4, 256)].map { stream, inputs in
    LSTMLayer(
      inputs: inputs, units: 256, inputWeights: randomFloats(stream: stream, count: 1024 * inputs, scale: 1 / 8),
      hiddenWeights: randomFloats(stream: stream + 1, count: 1024 * 256, scale: 1 / 8),
      bias: randomFloats(stream: stream + 2, count: 1024, scale: 1 / 2), precision: precision,
      instructions: instructions)
  }
}

struct LSTMLayerTests {
  /// Half floats round the weights by 2^-12 of their size at most; over 64 steps that stays below 1e-3 of outputs in
  /// -1...1 (measured: 3e-4).
  @Test(arguments: [(WeightPrecision.float32, Float(1e-5)), (.float16, 1e-3)])
  func largeLayersAgreeWithNumpy(precision: WeightPrecision, bound: Float) throws {
    let file = try golden("lstm.safetensors")
    let expected = try file.floats("large.outputs", shape: [64, 256])
    let inputs = randomFloats(stream: 7, count: 64 * 128, scale: 1)
    var results: [KernelInstructions: [Float]] = [:]
    for instructions in availableInstructions {
      let (outputs, states) = run(largeLayers(precision, instructions), inputs)
      #expect(difference(outputs, expected) < bound, "\(instructions)")
      let cell = Array(UnsafeBufferPointer(start: states[1].cell, count: 256))
      #expect(difference(cell, try file.floats("large.cell", shape: [256])) < 3 * bound, "\(instructions)")
      results[instructions] = outputs
    }
    if let wide = results[.avx512] { #expect(wide == results[.avx2]) }
    if precision == .float16, let best = results[.best] { #expect(difference(best, results[.portable]!) < 1e-5) }
  }

  @Test func sizesNeedNotBeMultiplesOfAPanel() throws {
    let file = try golden("lstm.safetensors")
    let inputs = try file.floats("small.inputs", shape: [12, 5])
    for instructions in availableInstructions {
      let layer = LSTMLayer(
        inputs: 5, units: 19, inputWeights: try file.floats("small.weight_ih", shape: [76, 5]),
        hiddenWeights: try file.floats("small.weight_hh", shape: [76, 19]),
        bias: try file.floats("small.bias", shape: [76]), instructions: instructions)
      #expect(difference(run([layer], inputs).outputs, try file.floats("small.outputs", shape: [12, 19])) < 1e-5)
    }
  }

  @Test func weightsFromHalfFloatsLoseNothing() {
    func rounded(_ values: [Float]) -> [Float] { values.map { Float(Float16($0)) } }
    let weights = rounded(randomFloats(stream: 1, count: 4 * 33 * 33, scale: 1))
    // The bias is never rounded; subnormal halves and the largest one are among the weights.
    let bias = randomFloats(stream: 2, count: 4 * 33, scale: 1)
    var edge = weights
    edge[0] = Float(Float16.leastNonzeroMagnitude)
    edge[1] = -Float(Float16.leastNormalMagnitude / 2)
    let inputs = randomFloats(stream: 3, count: 33 * 8, scale: 1)
    for instructions in availableInstructions {
      let outputs = WeightPrecision.allCases.map { precision in
        run([LSTMLayer(
          inputs: 33, units: 33, inputWeights: edge, hiddenWeights: weights, bias: bias, precision: precision,
          instructions: instructions)], inputs).outputs
      }
      #expect(outputs[0] == outputs[1], "\(instructions)")
    }
  }

  /// With open or shut gates the cell is σ of the input gate, or tanh of the candidate.
  @Test func activationsErrByLessThanTwoTenMillionths() {
    let units = 40
    let (open, shut) = ([Float](repeating: 100, count: units), [Float](repeating: -100, count: units))
    for instructions in availableInstructions {
      for start in -50..<50 {
        let points = (0..<units).map { Float(start * units + $0) / 100 }  // -20..<20 in all
        let biases = [points + shut + open + open, open + shut + points + open]
        for (bias, function) in zip(biases, [{ 1 / (1 + exp(-$0)) }, { tanh($0) }] as [(Double) -> Double]) {
          let layer = LSTMLayer(
            inputs: 1, units: units, inputWeights: [Float](repeating: 0, count: 4 * units),
            hiddenWeights: [Float](repeating: 0, count: 4 * units * units), bias: bias, instructions: instructions)
          let state = LSTMState(units: units)
          layer.process([0], state)
          let errors = points.indices.map { abs(Double(state.cell[$0]) - function(Double(points[$0]))) }
          #expect(errors.max()! < 2e-7, "\(instructions) from \(points[0])")
        }
      }
    }
  }

  @Test func statesAreIndependentAndCanBeCopiedAndReset() {
    let layer = LSTMLayer(
      inputs: 3, units: 17, inputWeights: randomFloats(stream: 1, count: 4 * 17 * 3, scale: 1),
      hiddenWeights: randomFloats(stream: 2, count: 4 * 17 * 17, scale: 1),
      bias: randomFloats(stream: 3, count: 68, scale: 1))
    func hidden(_ state: LSTMState) -> [Float] { Array(UnsafeBufferPointer(start: state.hidden, count: 17)) }
    let (one, other) = (LSTMState(units: 17), LSTMState(units: 17))
    layer.process([1, 2, 3], one)
    let first = hidden(one)
    layer.process([-1, 0, 1], one)
    #expect(hidden(other).allSatisfy { $0 == 0 })
    other.copy(from: one)
    #expect(hidden(other) == hidden(one))
    layer.process([2, 2, 2], one)
    #expect(hidden(other) != hidden(one))
    layer.process([2, 2, 2], other)
    #expect(hidden(other) == hidden(one))
    other.reset()
    layer.process([1, 2, 3], other)
    #expect(hidden(other) == first)
  }

  @Test func manyThreadsShareOneLayer() async {
    let layers = largeLayers(.float16, .best)
    let inputs = randomFloats(stream: 7, count: 16 * 128, scale: 1)
    let expected = run(layers, inputs).outputs
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 { group.addTask { run(layers, inputs).outputs == expected } }
      for await same in group { #expect(same) }
    }
  }
}
