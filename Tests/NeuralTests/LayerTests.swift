// Layers against numpy, on every instruction set of this machine.
import Foundation
import Testing

@testable import Neural

/// [channels, 12] to [channels, 24] and back.
private func doubled(_ x: [Float]) -> [Float] {
  stride(from: 0, to: x.count, by: 12).flatMap { Array(x[$0..<$0 + 12]) + Array(x[$0..<$0 + 12]) }
}

private func difference(_ left: [Float], _ right: [Float]) -> Float {
  left.count == right.count ? zip(left, right).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

struct LayerTests {
  @Test(arguments: [("one", 3, 5, 12), ("two", 7, 37, 12), ("alone", 18, 17, 1)])
  func circularLayerAgreesWithNumpy(name: String, inputs: Int, outputs: Int, taps: Int) throws {
    let file = try golden("layers.safetensors")
    let weights = try file.floats(name + ".weight", shape: [outputs, inputs, taps])
    let bias = try file.floats(name + ".bias", shape: [outputs])
    let x = doubled(try file.floats(name + ".x", shape: [inputs, 12]))
    let expected = doubled(try file.floats(name + ".y", shape: [outputs, 12]))
    var results: [KernelInstructions: [Float]] = [:]
    for instructions in availableInstructions {
      let layer = CircularLayer(
        inputs: inputs, outputs: outputs, taps: taps, weights: weights, bias: bias, instructions: instructions)
      // One more channel than the layer has must stay untouched.
      var y = [Float](repeating: 99, count: (outputs + 1) * 24)
      layer.process(x, &y, rectified: false)
      #expect(difference(Array(y[..<(outputs * 24)]), expected) < 2e-5)
      #expect(y[(outputs * 24)...].allSatisfy { $0 == 99 })
      results[instructions] = y
      layer.process(x, &y, rectified: true)
      #expect(difference(Array(y[..<(outputs * 24)]), expected.map { max(0, $0) }) < 2e-5)
    }
    if let wide = results[.avx512] { #expect(wide == results[.avx2]) }
  }

  @Test func denseLayerAgreesWithNumpy() throws {
    let file = try golden("layers.safetensors")
    let x = try file.floats("dense.x", shape: [19])
    let expected = try file.floats("dense.y", shape: [21])
    for instructions in availableInstructions {
      let layer = DenseLayer(
        inputs: 19, outputs: 21, weights: try file.floats("dense.weight", shape: [21, 19]),
        bias: try file.floats("dense.bias", shape: [21]), instructions: instructions)
      var y = [Float](repeating: 99, count: 22)
      layer.process(x, &y)
      #expect(difference(Array(y[..<21]), expected) < 1e-5)
      #expect(y[21] == 99)
    }
  }

  /// Whole groups of panels and the rest of one; half floats lose nothing of what are half floats already.
  @Test(arguments: [1, 16, 41, 64, 100, 130])
  func denseLayersOfAllSizesAgree(outputs: Int) {
    let inputs = 37
    let weights = randomFloats(stream: 1, count: outputs * inputs, scale: 1).map { Float(Float16($0)) }
    let bias = randomFloats(stream: 2, count: outputs, scale: 1)
    let x = randomFloats(stream: 3, count: inputs, scale: 1)
    let expected = (0..<outputs).map { o in
      Float((0..<inputs).reduce(Double(bias[o])) { $0 + Double(weights[o * inputs + $1]) * Double(x[$1]) })
    }
    for instructions in availableInstructions {
      let results = WeightPrecision.allCases.map { precision in
        let layer = DenseLayer(
          inputs: inputs, outputs: outputs, weights: weights, bias: bias, precision: precision,
          instructions: instructions)
        var y = [Float](repeating: 99, count: outputs + 1)
        layer.process(x, &y)
        return y
      }
      #expect(difference(Array(results[0][..<outputs]), expected) < 1e-5)
      #expect(results[0][outputs] == 99)
      #expect(results[0] == results[1])
    }
  }

  @Test func weightsBeyondHalfFloatsAreHeldAtTheirBound() {
    let layer = DenseLayer(inputs: 1, outputs: 2, weights: [1e6, -1e6], bias: [0, 0], precision: .float16)
    var y: [Float] = [0, 0]
    layer.process([1], &y)
    #expect(y == [65504, -65504])
  }

  @Test func embeddingRowsAreAdded() {
    let table = EmbeddingTable(rows: 2, width: 3, values: [1, 2, 3, 40, 50, 60])
    var x: [Float] = [1, 1, 1, 7]
    table.add(row: 1, to: &x)
    table.add(row: 0, to: &x)
    #expect(x == [42, 53, 64, 7])
  }

  @Test func halfFloatsAreChosenWhereTheyLoseNothingAndSaveTime() {
    #expect(WeightPrecision.fastest(for: .float32) == .float32)
    #expect(WeightPrecision.fastest(for: .float16, on: .avx2) == .float16)
    #if arch(x86_64)
    #expect(WeightPrecision.fastest(for: .float16, on: .portable) == .float32)
    #endif
  }

  @Test func logProbabilityIsTheLogarithmOfSoftmax() {
    let logits: [Float] = [1, -.infinity, 3, 2]
    var probabilities = logits
    probabilities.withUnsafeMutableBufferPointer { softmax($0) }
    logits.withUnsafeBufferPointer { logits in
      for index in [0, 2, 3] {
        #expect(abs(exp(logProbability(of: index, logits: logits)) - Double(probabilities[index])) < 1e-6)
      }
      #expect(logProbability(of: 1, logits: logits) == -.infinity)
    }
    let impossible = [-Float.infinity, -.infinity]
    impossible.withUnsafeBufferPointer { #expect(logProbability(of: 0, logits: $0) == -.infinity) }
  }

  @Test func momentsAgreeWithNumpy() throws {
    let file = try golden("layers.safetensors")
    let ring = try file.floats("moments.ring", shape: [9, 48])
    for instructions in availableInstructions {
      var mean = [Float](repeating: 0, count: 48)
      var deviation = mean
      Moments.process(
        ring: ring, capacity: 9, width: 48, first: 6, count: 7, floor: 1e-6, mean: &mean, deviation: &deviation,
        instructions: instructions)
      #expect(difference(mean, try file.floats("moments.mean", shape: [48])) < 1e-5)
      #expect(difference(deviation, try file.floats("moments.deviation", shape: [48])) < 1e-5)
    }
  }

  @Test func softmaxSumsToOneAndSurvivesLargeLogits() {
    var logits: [Float] = [1000, 1001, -1000]
    logits.withUnsafeMutableBufferPointer { softmax($0, temperature: 2) }
    #expect(abs(logits.reduce(0, +) - 1) < 1e-6)
    #expect(abs(logits[1] / logits[0] - 1.6487213) < 1e-5)
    #expect(logits[2] == 0)
  }

  @Test func softmaxOfWhatIsNoNumberIsUniform() {
    for value in [Float.nan, .infinity] {
      var logits = [0, value, 1, value]
      logits.withUnsafeMutableBufferPointer { softmax($0) }
      #expect(logits == [0.25, 0.25, 0.25, 0.25])
    }
  }
}
