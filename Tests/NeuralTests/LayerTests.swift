// Layers against numpy, on every instruction set of this machine.
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
}
