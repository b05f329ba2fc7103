// A stack of LSTM layers with a dense layer on top, for timing.
import Neural

/// LSTM layers and a dense layer with the weights of a file, and one state.
struct BenchmarkNetwork {
  let precision: WeightPrecision
  private let layers: [LSTMLayer]
  private let dense: DenseLayer
  private let states: [LSTMState]
  private let input: AlignedFloats
  private let output: AlignedFloats

  /// Reads "lstm.<n>.…" for n = 0, 1, … while there are any, "dense.…" and "input".
  init(_ file: SafetensorsFile, precision: WeightPrecision) throws(ModelError) {
    var shapes: [String: [Int]] = [:]
    for tensor in file.tensors { shapes[tensor.name] = tensor.shape }
    guard let width = shapes["input"]?.first, let outputs = shapes["dense.bias"]?.first else {
      throw file.fault(.shape, "has no tensors \"input\" and \"dense.bias\"")
    }
    var layers: [LSTMLayer] = []
    var inputs = width
    while let units = shapes["lstm.\(layers.count).weight_hh"]?.last, units > 0 {
      let name = "lstm.\(layers.count)"
      layers.append(
        LSTMLayer(
          inputs: inputs, units: units,
          inputWeights: try file.floats(name + ".weight_ih", shape: [4 * units, inputs]),
          hiddenWeights: try file.floats(name + ".weight_hh", shape: [4 * units, units]),
          bias: try file.floats(name + ".bias", shape: [4 * units]), precision: precision))
      inputs = units
    }
    dense = DenseLayer(
      inputs: inputs, outputs: outputs, weights: try file.floats("dense.weight", shape: [outputs, inputs]),
      bias: try file.floats("dense.bias", shape: [outputs]), precision: precision)
    self.precision = precision
    self.layers = layers
    states = layers.map { LSTMState(units: $0.units) }
    let values = try file.floats("input", shape: [width])
    input = AlignedFloats(count: width)
    input.pointer.update(from: values, count: width)
    output = AlignedFloats(count: outputs)
  }

  /// One step over the same input.
  func step() {
    var x = UnsafePointer(input.pointer)
    for index in layers.indices {
      layers[index].process(x, states[index])
      x = states[index].hidden
    }
    dense.process(x, output.pointer)
  }

  /// The output after one step from zeros.
  func firstOutput() -> [Float] {
    for state in states { state.reset() }
    step()
    return Array(UnsafeBufferPointer(start: output.pointer, count: output.count))
  }
}
