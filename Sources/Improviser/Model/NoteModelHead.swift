// One of the note model's answers: a hidden layer that knows what was chosen before, then the logits.
import Neural

/// logits = W relu(V u + bias + Σ condition rows) + bias, where u is the recurrent layers' output.
struct NoteModelHead: Sendable {
  private let hidden: DenseLayer
  private let output: DenseLayer
  /// One table for each part of the event that is already chosen, in the order of choosing.
  private let conditions: [EmbeddingTable]

  /// Width of the hidden layer.
  var width: Int { hidden.outputs }
  /// Number of classes.
  var classes: Int { output.outputs }

  /// Reads `name`.hidden, `name`.`condition` for each condition and `name`.weight, `name`.bias.
  init(
    _ name: String, from tensors: NoteModelTensors, inputs: Int, width: Int, conditions: [(name: String, rows: Int)],
    classes: Int
  ) throws(ModelError) {
    hidden = try tensors.dense(name + ".hidden", inputs: inputs, outputs: width)
    output = try tensors.dense(name, inputs: width, outputs: classes)
    var tables: [EmbeddingTable] = []
    for condition in conditions {
      tables.append(try tensors.table(name + "." + condition.name, rows: condition.rows, width: width))
    }
    self.conditions = tables
  }

  /// Computes the logits.
  /// - Parameters:
  ///   - input: u.
  ///   - first, second, third: the classes chosen before, as many as there are conditions; the others are ignored.
  ///   - activation: [width], overwritten.
  ///   - logits: [classes].
  func process(
    _ input: UnsafePointer<Float>, first: Int, second: Int = 0, third: Int = 0,
    activation: UnsafeMutablePointer<Float>, logits: UnsafeMutablePointer<Float>
  ) {
    hidden.process(input, activation)
    for index in conditions.indices {
      conditions[index].add(row: index == 0 ? first : index == 1 ? second : third, to: activation)
    }
    for index in 0..<width { activation[index] = max(0, activation[index]) }
    output.process(activation, logits)
  }
}
