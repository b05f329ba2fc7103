// A network as a graph of standard operators, from which ONNX graphs and TorchScript modules are written.
import Foundation

/// One description of a network for both formats: every operator adds a node and a line of Python.
///
/// Built step by step by the files that are called after an architecture, with the operators of
/// `NetworkGraph+Operators`. Names of values are those in the ONNX graph and the variables of the Python source.
struct NetworkGraph {
  /// A number of elements along a dimension.
  enum Size: Equatable {
    /// Known when the file is written.
    case fixed(Int)
    /// Given with the data; sizes of one name are equal.
    case named(String)

    static let steps = Size.named("steps")
    static let batch = Size.named("batch")
  }

  /// Element types of values.
  enum ElementType: Equatable {
    case float, integer
  }

  /// An input or an output.
  struct Port {
    let name: String
    let type: ElementType
    let shape: [Size]
    /// What it holds, for the file's documentation.
    let meaning: String
  }

  /// A tensor of weights or constants; `integers` is used where there are some.
  struct Weight {
    let name: String
    let shape: [Int]
    var floats: [Float] = []
    var integers: [Int] = []
  }

  /// A value inside the graph.
  struct Value {
    /// Its name in the ONNX graph.
    let name: String
    /// Its expression in Python.
    let code: String
  }

  /// A property of an operator.
  enum Attribute {
    case integer(Int)
    case float(Float)
    case string(String)
    case integers([Int])
  }

  /// An operator of the ONNX graph.
  struct Node {
    let type: String
    let inputs: [String]
    let outputs: [String]
    let attributes: [(name: String, value: Attribute)]
  }

  /// The class of the module, for example "NoteLSTM".
  let name: String
  /// What the network is, in a sentence.
  let summary: String
  private(set) var inputs: [Port] = []
  private(set) var outputs: [Port] = []
  /// Which output is to be given to which input when a sequence goes on, in the order of the network's state.
  private(set) var states: [(input: String, output: String)] = []
  /// The weights that were used, as the model has them: the parameters of the TorchScript module.
  private(set) var parameters: [Weight] = []
  /// Constants that are tensors: the buffers of the TorchScript module.
  private(set) var buffers: [Weight] = []
  /// Parameters and constants as the ONNX graph has them.
  private(set) var initializers: [Weight] = []
  private(set) var nodes: [Node] = []
  /// The body of `forward`, without indentation.
  private(set) var lines: [String] = []
  private let weights: [String: Weight]
  private var names: Set<String> = ["self", "torch"]
  private var results: [String] = []

  /// An empty graph over the weights of a model.
  init(name: String, summary: String, weights: [Weight]) {
    self.name = name
    self.summary = summary
    self.weights = Dictionary(weights.map { ($0.name, $0) }) { first, _ in first }
    // In an ONNX graph, tensors and values share their names.
    names.formUnion(self.weights.keys)
  }

  /// Adds an input.
  mutating func input(_ name: String, _ type: ElementType, _ shape: [Size], _ meaning: String) -> Value {
    names.insert(name)
    inputs.append(Port(name: name, type: type, shape: shape, meaning: meaning))
    return Value(name: name, code: name)
  }

  /// Makes a value an output.
  mutating func output(_ value: Value, _ name: String, _ type: ElementType, _ shape: [Size], _ meaning: String) {
    outputs.append(Port(name: name, type: type, shape: shape, meaning: meaning))
    nodes.append(Node(type: "Identity", inputs: [value.name], outputs: [name], attributes: []))
    names.insert(name)
    results.append(value.code)
  }

  /// Makes a value the output that goes into an input when the sequence goes on; both have the input's shape.
  mutating func state(_ value: Value, from input: Value) {
    let shape = inputs.first { $0.name == input.name }?.shape ?? []
    output(value, "new_" + input.name, .float, shape, "\(input.name) for the steps that follow")
    states.append((input.name, "new_" + input.name))
  }

  /// Whether the model has a tensor of this name.
  func has(_ name: String) -> Bool { weights[name] != nil }

  /// The shape of a tensor of the model.
  func shape(_ name: String) throws(TrainingError) -> [Int] { try weight(name).shape }

  /// A tensor of the model.
  func weight(_ name: String) throws(TrainingError) -> Weight {
    guard let weight = weights[name] else { throw TrainingError("The model has no tensor \"\(name)\".") }
    return weight
  }

  /// A parameter as it is, in both formats.
  mutating func parameter(_ name: String) throws(TrainingError) -> Value {
    let code = try scriptParameter(name)
    let weight = try weight(name)
    if !initializers.contains(where: { $0.name == name }) { initializers.append(weight) }
    return Value(name: name, code: code)
  }

  /// A parameter of the TorchScript module alone, where ONNX wants the numbers in another order; its expression.
  mutating func scriptParameter(_ name: String) throws(TrainingError) -> String {
    let weight = try weight(name)
    if !parameters.contains(where: { $0.name == name }) { parameters.append(weight) }
    return "self." + Self.identifier(name)
  }

  /// A tensor of the ONNX graph alone; its name.
  mutating func initializer(_ weight: Weight) -> String {
    let name = unique(weight.name)
    initializers.append(Weight(name: name, shape: weight.shape, floats: weight.floats, integers: weight.integers))
    return name
  }

  /// A constant vector of integers of the ONNX graph, for example a shape; its name.
  mutating func integers(_ values: [Int], scalar: Bool = false) -> String {
    let name = "constant_" + values.map { $0 < 0 ? "minus_\(-$0)" : "\($0)" }.joined(separator: "_")
      + (scalar ? "_scalar" : "")
    if !initializers.contains(where: { $0.name == name }) {
      initializers.append(Weight(name: name, shape: scalar ? [] : [values.count], integers: values))
    }
    return name
  }

  /// A constant number; its name in the ONNX graph is made from its bits.
  mutating func number(_ value: Float) -> Value {
    let name = "number_" + String(value.bitPattern, radix: 16)
    if !initializers.contains(where: { $0.name == name }) {
      initializers.append(Weight(name: name, shape: [], floats: [value]))
    }
    return Value(name: name, code: "\(value)")
  }

  /// A constant tensor, a buffer of the TorchScript module.
  mutating func buffer(_ name: String, shape: [Int], floats: [Float] = [], integers: [Int] = []) -> Value {
    let weight = Weight(name: unique(name), shape: shape, floats: floats, integers: integers)
    buffers.append(weight)
    initializers.append(weight)
    return Value(name: weight.name, code: "self." + Self.identifier(weight.name))
  }

  /// Adds an operator with one result.
  mutating func add(
    _ type: String, _ inputs: [String], _ attributes: [(name: String, value: Attribute)] = [], as name: String,
    code: String
  ) -> Value {
    let name = unique(name)
    nodes.append(Node(type: type, inputs: inputs, outputs: [name], attributes: attributes))
    lines.append("\(name) = \(code)")
    return Value(name: name, code: name)
  }

  /// Adds an operator to the ONNX graph alone; the names of its results.
  mutating func node(
    _ type: String, _ inputs: [String], _ attributes: [(name: String, value: Attribute)] = [], as names: [String]
  ) -> [String] {
    let names = names.map { unique($0) }
    nodes.append(Node(type: type, inputs: inputs, outputs: names, attributes: attributes))
    return names
  }

  /// Adds an operator of the ONNX graph alone whose results are named already.
  mutating func append(_ node: Node) { nodes.append(node) }

  /// Adds a line to the Python source alone.
  mutating func line(_ text: String) { lines.append(text) }

  /// A name that no value has yet.
  mutating func unique(_ name: String) -> String {
    var candidate = name
    var number = 2
    while !names.insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }

  /// A tensor's name as a Python identifier: "lstm.0.bias" is lstm_0_bias.
  static func identifier(_ name: String) -> String { name.replacingOccurrences(of: ".", with: "_") }

  /// The Python source of the module's `forward`.
  var source: String {
    let arguments = inputs.map { ", \($0.name): Tensor" }.joined()
    let isSingle = results.count == 1
    let type = isSingle ? "Tensor" : "Tuple[" + results.map { _ in "Tensor" }.joined(separator: ", ") + "]"
    let body = lines + ["return " + results.joined(separator: ", ")]
    return "def forward(self\(arguments)) -> \(type):\n" + body.map { "  \($0)\n" }.joined()
  }
}
