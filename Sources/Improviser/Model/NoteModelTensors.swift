// Makes the layers of a note model from the tensors of its file.
import Neural

/// The tensors of an open model file, taken by layer.
struct NoteModelTensors {
  let file: SafetensorsFile
  let precision: WeightPrecision
  let instructions: KernelInstructions

  /// `name` [rows, width].
  func table(_ name: String, rows: Int, width: Int) throws(ModelError) -> EmbeddingTable {
    EmbeddingTable(rows: rows, width: width, values: try file.floats(name, shape: [rows, width]))
  }

  /// `name`.weight [outputs, inputs] and `name`.bias [outputs].
  func dense(_ name: String, inputs: Int, outputs: Int) throws(ModelError) -> DenseLayer {
    DenseLayer(
      inputs: inputs, outputs: outputs, weights: try file.floats(name + ".weight", shape: [outputs, inputs]),
      bias: try file.floats(name + ".bias", shape: [outputs]), precision: precision, instructions: instructions)
  }

  /// lstm.`index`.weight_ih [4 · units, inputs], .weight_hh [4 · units, units] and .bias [4 · units].
  func recurrent(_ index: Int, inputs: Int, units: Int) throws(ModelError) -> LSTMLayer {
    let name = "lstm.\(index)"
    return LSTMLayer(
      inputs: inputs, units: units,
      inputWeights: try file.floats(name + ".weight_ih", shape: [4 * units, inputs]),
      hiddenWeights: try file.floats(name + ".weight_hh", shape: [4 * units, units]),
      bias: try file.floats(name + ".bias", shape: [4 * units]), precision: precision, instructions: instructions)
  }
}
