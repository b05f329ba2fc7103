// Attention, normalisation, softmax and their gradients, against PyTorch 2.13 and against whole-tensor operations.
import Foundation
import Testing
import Torch

@Suite struct AttentionTests {
  /// Numbers within ±0.9 that follow no pattern, 0.9 sin(seed + 1.7 i + 0.3 i²): those that PyTorch was given.
  private func numbers(_ shape: [Int], _ seed: Double) throws -> Tensor {
    let values = (0..<shape.reduce(1, *)).map { place -> Double in
      let x = Double(place)
      return 0.9 * sin(seed + 1.7 * x + 0.3 * x * x)
    }
    return try Tensor(values, shape: shape)
  }

  private func expect(
    _ tensor: Tensor, _ wanted: [Double], within tolerance: Double = 2e-9, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let values = try tensor.values(as: Double.self)
    #expect(values.count == wanted.count, sourceLocation: location)
    let worst = zip(values, wanted).map { abs($0 - $1) }.max() ?? 0
    #expect(worst < tolerance, sourceLocation: location)
  }

  /// One row, two queries at the keys 2 and 3, two heads; the first looks at the keys 0 to 2, the second at 2 and 3.
  /// Wanted: torch.nn.functional.scaled_dot_product_attention with the mask and the distances' scores as its bias.
  @Test func relativeAttentionAgreesWithPyTorch() throws {
    let q = try numbers([1, 2, 4], 1).requiringGradient()
    let k = try numbers([1, 4, 4], 2).requiringGradient()
    let v = try numbers([1, 4, 6], 3).requiringGradient()
    let relative = try numbers([2, 4, 2], 4).requiringGradient()
    let found = try q.attention(
      keys: k, values: v, relative: relative, first: Tensor([0, 2] as [Int64], shape: [1, 2]),
      last: Tensor([2, 3] as [Int64], shape: [1, 2]), heads: 2)
    #expect(found.values.shape == [1, 2, 6])
    #expect(found.weights.shape == [1, 2, 2, 4])
    try expect(
      found.values,
      [
        -0.399451866, -0.699969627, -0.133862964, -0.159594050, 0.279883620, 0.012794397, -0.651243321, -0.097319226,
        -0.394876816, 0.882504947, -0.000457943, -0.460152275,
      ])
    try expect(
      found.weights,
      [
        0.399041782, 0.462914273, 0.138043945, 0, 0, 0, 0.577874932, 0.422125068, 0.337345354, 0.253419777, 0.409234869,
        0, 0, 0, 0.567422267, 0.432577733,
      ])
    try (found.values * numbers([1, 2, 6], 5)).sum().backward()
    try expect(
      q.gradient(),
      [
        -0.080773566, -0.254022485, 0.123723063, -0.015214766, 0.044774971, -0.027248306, 0.019782272, 0.054254551,
      ])
    try expect(
      k.gradient(),
      [
        -0.151388002, -0.025388726, 0.057845602, -0.053598409, 0.091458799, 0.015338219, -0.088955525, 0.082424150,
        0.061627877, -0.038520386, 0.030480281, 0.015589593, -0.001698675, 0.048570893, 0.000629642, -0.044415334,
      ])
    try expect(
      v.gradient(),
      [
        -0.344385766, 0.235948593, -0.062607302, 0.070288887, -0.236316111, 0.254017703, -0.399509760, 0.273715626,
        -0.072628520, 0.052802251, -0.177524829, 0.190822577, 0.277460750, 0.176818303, 0.030723416, 0.381035213,
        0.217175088, 0.152489095, 0.289705534, 0.069537573, 0.038263690, 0.225480116, 0.384113815, -0.118668859,
      ])
    try expect(
      relative.gradient(),
      [
        0.058230528, 0.058621399, 0.093157474, -0.033232674, -0.151388002, -0.025388726, 0, 0, 0.031739564,
        -0.073241075, -0.089585167, 0.126839484, 0.057845602, -0.053598409, 0, 0,
      ])
  }

  /// The same without distances, several rows, in single precision, by products, a mask and a softmax.
  @Test func attentionIsASoftmaxOfProducts() throws {
    let (rows, steps, heads, width) = (3, 7, 2, 8)
    let inputs = try (1...3).map {
      try numbers([rows, steps, width], Double($0)).cast(to: Float.self).requiringGradient()
    }
    let first = (0..<rows).flatMap { row in (0..<steps).map { Int64($0 >= 3 + row ? 3 + row : 0) } }
    let last = (0..<rows).flatMap { row in (0..<steps).map { Int64($0 >= 3 + row ? steps - 1 : 2 + row) } }
    let found = try inputs[0].attention(
      keys: inputs[1], values: inputs[2], first: Tensor(first, shape: [rows, steps]),
      last: Tensor(last, shape: [rows, steps]), heads: heads)
    try found.values.square().sum().backward()
    let gradients = try inputs.map { try $0.gradient().values(as: Double.self) }
    for input in inputs { try input.zeroGradient() }

    var forbidden: [Float] = []
    for (low, high) in zip(first, last) { forbidden += (0..<Int64(steps)).map { $0 < low || $0 > high ? 1 : 0 } }
    func split(_ x: Tensor) throws -> Tensor {
      try x.reshape([rows, steps, heads, width / heads]).permute([0, 2, 1, 3])
    }
    let scores = try split(inputs[0]).matmul(split(inputs[1]).permute([0, 1, 3, 2])) / 2
    let weights = try scores.maskedFill(Tensor(forbidden, shape: [rows, 1, steps, steps]), with: -.infinity)
      .softmax(over: 3)
    let y = try weights.matmul(split(inputs[2])).permute([0, 2, 1, 3]).reshape([rows, steps, width])
    try expect(found.weights, weights.values(as: Double.self), within: 1e-6)
    try expect(found.values, y.values(as: Double.self), within: 1e-6)
    try y.square().sum().backward()
    for (input, gradient) in zip(inputs, gradients) { try expect(input.gradient(), gradient, within: 1e-5) }
  }

  @Test func rangesThatAreNoneAreRefused() throws {
    func attend(_ first: [Int64], _ last: [Int64], heads: Int = 2, distances: Int? = nil) throws {
      let x = try numbers([1, 2, 4], 1)
      let relative = try distances.map { try numbers([2, $0, 2], 2) }
      _ = try x.attention(
        keys: x, values: x, relative: relative, first: Tensor(first, shape: [1, first.count]),
        last: Tensor(last, shape: [1, last.count]), heads: heads)
    }
    try attend([0, 0], [0, 1], distances: 2)
    for (first, last) in [([0, 1], [0, 0]), ([-1, 0], [0, 1]), ([0, 0], [0, 2]), ([0], [0])] as [([Int64], [Int64])] {
      let error = #expect(throws: TorchError.self) { try attend(first, last) }
      #expect(error?.description.hasPrefix("attention: the ") == true)
    }
    // A distance has no vector: too far back, or ahead.
    #expect(throws: TorchError.self) { try attend([0, 0], [0, 1], distances: 1) }
    #expect(throws: TorchError.self) { try attend([0, 0], [1, 1], distances: 2) }
    for heads in [0, 3, -1] { #expect(throws: TorchError.self) { try attend([0, 0], [0, 1], heads: heads) } }
    let x = try numbers([1, 2, 4], 1)
    let ranges = try Tensor([0, 0] as [Int64], shape: [1, 2])
    let floats = try x.cast(to: Float.self)
    #expect(throws: TorchError.self) { try x.attention(keys: floats, values: x, first: ranges, last: ranges, heads: 2) }
    #expect(throws: TorchError.self) {
      try x.attention(keys: x.slice(1, 0..<1), values: x, first: ranges, last: ranges, heads: 2)
    }
    #expect(throws: TorchError.self) {
      try x.sum().attention(keys: x, values: x, first: ranges, last: ranges, heads: 2)
    }
  }

  @Test func layerNormalizationAgreesWithPyTorch() throws {
    let x = try numbers([2, 4], 6).requiringGradient()
    let weight = try numbers([4], 7).requiringGradient()
    let bias = try numbers([4], 8).requiringGradient()
    let y = try x.layerNormalized(weight: weight, bias: bias)
    try expect(
      y,
      [0.555683673, -0.123107727, 1.033140342, 0.578620283, 0.000505199, -0.603180665, -0.654659791, 0.546074267])
    try (y * numbers([2, 4], 9)).sum().backward()
    try expect(
      x.gradient(),
      [0.685323130, 0.041835459, -0.448071125, -0.279087464, 0.185381663, -0.341357212, 0.939775146, -0.783799597])
    try expect(weight.gradient(), [-1.542721787, -0.852855697, -1.869598374, -1.433602260])
    try expect(bias.gradient(), [1.256422662, -1.019107761, -0.115982828, -1.576101998])
    let layer = try LayerNormalization(width: 4)
    #expect(layer.parameters.map(\.name) == ["weight", "bias"])
    let plain = try layer(x.cast(to: Float.self)).floats()
    #expect(abs(plain.prefix(4).reduce(0, +)) < 1e-5)
    #expect(abs(plain.prefix(4).reduce(0) { $0 + $1 * $1 } - 4) < 1e-3)
    #expect(throws: TorchError.self) { try layer(Tensor.zeros([2, 3])) }
    #expect(throws: TorchError.self) { try layer(Tensor.zeros([])) }
  }

  @Test func softmaxAndGELUAgreeWithPyTorch() throws {
    let x = try numbers([2, 3], 1)
    try expect(x.softmax(over: 1), [0.556141579, 0.296102898, 0.147755524, 0.538352865, 0.327782244, 0.133864891])
    try expect(x.softmax(over: 0), [0.557469502, 0.524167968, 0.573737781, 0.442530498, 0.475832032, 0.426262219])
    let y = try Tensor([-3, -1, 0, 0.5, 2] as [Double]).gelu()
    try expect(y, [-0.004049694, -0.158655254, 0, 0.345731231, 1.954499736])
    #expect(throws: TorchError.self) { try x.softmax(over: 2) }
  }

  @Test func batchedProductsAgreeWithPyTorch() throws {
    let y = try numbers([2, 2, 3], 1).matmul(numbers([2, 3, 2], 2))
    #expect(y.shape == [2, 2, 2])
    try expect(
      y, [0.216069064, -0.173722064, -0.229762450, 0.216276739, -0.646196656, -0.103111334, 0.388937434, 0.182349649])
  }

  @Test func flippingAndMasking() throws {
    let x = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2])
    #expect(try x.flipped(0).floats() == [5, 6, 3, 4, 1, 2])
    #expect(try x.flipped(1).floats() == [2, 1, 4, 3, 6, 5])
    #expect(throws: TorchError.self) { try x.flipped(2) }
    let mask = try Tensor([0, 1] as [Float])
    #expect(try x.maskedFill(mask, with: -1).floats() == [1, -1, 3, -1, 5, -1])
    #expect(throws: TorchError.self) { try x.maskedFill(Tensor([0, 1, 0] as [Float]), with: 0) }
  }

  @Test func linearLayersWorkOnTheLastDimension() throws {
    let layer = LinearLayer(
      weight: try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2]), bias: try Tensor([0, 0, 1] as [Float]))
    let x = try Tensor([1, 1, 0, 1] as [Float], shape: [2, 1, 2])
    let y = try layer(x)
    #expect(y.shape == [2, 1, 3])
    #expect(try y.floats() == [3, 7, 12, 2, 4, 7])
    #expect(try layer(x.reshape([2, 2])).floats() == [3, 7, 12, 2, 4, 7])
    #expect(throws: TorchError.self) { try layer(Tensor.zeros([2, 3])) }
    #expect(throws: TorchError.self) { try layer(Tensor.zeros([])) }
    #expect(try LinearLayer(inputs: 5, outputs: 4).parameters.map(\.tensor.shape) == [[4, 5], [4]])
  }
}
