// The operators of network graphs: each is one ONNX node, or a few, and one line of Python.

extension NetworkGraph {
  /// Rows of a table [rows, width] by integers [...]: [..., width].
  mutating func embedding(_ table: String, _ index: Value, as name: String) throws(TrainingError) -> Value {
    let table = try parameter(table)
    return add(
      "Gather", [table.name, index.name], [("axis", .integer(0))], as: name,
      code: "torch.embedding(\(table.code), \(index.code))")
  }

  /// x · weightᵀ + bias: x [..., in], weight [out, in], bias [out]. Without `bias` nothing is added.
  mutating func linear(_ x: Value, _ weight: String, _ bias: String?, as name: String) throws(TrainingError) -> Value {
    let weight = try parameter(weight)
    let bias = try bias.map { name throws(TrainingError) in try parameter(name) }
    let turned = transposed(weight.name)
    guard let bias else {
      return add("MatMul", [x.name, turned], as: name, code: "torch.linear(\(x.code), \(weight.code))")
    }
    let product = node("MatMul", [x.name, turned], as: [name + "_product"])
    return add(
      "Add", product + [bias.name], as: name, code: "torch.linear(\(x.code), \(weight.code), \(bias.code))")
  }

  /// The last two dimensions of an initializer exchanged, once for all that use it.
  private mutating func transposed(_ weight: String) -> String {
    let name = weight + ".transposed"
    if nodes.contains(where: { $0.outputs == [name] }) { return name }
    return node("Transpose", [weight], [("perm", .integers([1, 0]))], as: [name]).joined()
  }

  /// The matrix product of the last two dimensions, with broadcasting.
  mutating func matmul(_ a: Value, _ b: Value, as name: String) -> Value {
    add("MatMul", [a.name, b.name], as: name, code: "torch.matmul(\(a.code), \(b.code))")
  }

  /// a + b, with broadcasting.
  mutating func sum(_ a: Value, _ b: Value, as name: String) -> Value {
    add("Add", [a.name, b.name], as: name, code: "\(a.code) + \(b.code)")
  }

  /// a - b, with broadcasting.
  mutating func difference(_ a: Value, _ b: Value, as name: String) -> Value {
    add("Sub", [a.name, b.name], as: name, code: "\(a.code) - \(b.code)")
  }

  /// a · b elementwise, with broadcasting.
  mutating func product(_ a: Value, _ b: Value, as name: String) -> Value {
    add("Mul", [a.name, b.name], as: name, code: "\(a.code) * \(b.code)")
  }

  /// a / b elementwise, with broadcasting.
  mutating func quotient(_ a: Value, _ b: Value, as name: String) -> Value {
    add("Div", [a.name, b.name], as: name, code: "\(a.code) / \(b.code)")
  }

  /// The greater of x and 0.
  mutating func relu(_ x: Value, as name: String) -> Value {
    add("Relu", [x.name], as: name, code: "torch.relu(\(x.code))")
  }

  /// 1 / (1 + e⁻ˣ).
  mutating func sigmoid(_ x: Value, as name: String) -> Value {
    add("Sigmoid", [x.name], as: name, code: "torch.sigmoid(\(x.code))")
  }

  /// The hyperbolic tangent.
  mutating func hyperbolicTangent(_ x: Value, as name: String) -> Value {
    add("Tanh", [x.name], as: name, code: "torch.tanh(\(x.code))")
  }

  /// The square root.
  mutating func squareRoot(_ x: Value, as name: String) -> Value {
    add("Sqrt", [x.name], as: name, code: "torch.sqrt(\(x.code))")
  }

  /// Shares that sum to 1 along a dimension.
  mutating func softmax(_ x: Value, axis: Int, as name: String) -> Value {
    add("Softmax", [x.name], [("axis", .integer(axis))], as: name, code: "torch.softmax(\(x.code), \(axis))")
  }

  /// The mean over dimensions, which go.
  mutating func mean(_ x: Value, over axes: [Int], as name: String) -> Value {
    add(
      "ReduceMean", [x.name], [("axes", .integers(axes)), ("keepdims", .integer(0))], as: name,
      code: "torch.mean(\(x.code), \(axes))")
  }

  /// Values joined along a dimension.
  mutating func concatenate(_ parts: [Value], axis: Int, as name: String) -> Value {
    add(
      "Concat", parts.map(\.name), [("axis", .integer(axis))], as: name,
      code: "torch.cat([\(parts.map(\.code).joined(separator: ", "))], \(axis))")
  }

  /// Elements `start` to below `end` of a dimension; negative places count from its end, and nil is its end.
  mutating func slice(_ x: Value, axis: Int, from start: Int, to end: Int?, as name: String) -> Value {
    let places = [integers([start]), integers([end ?? Int(Int32.max)]), integers([axis])]
    let stop = end.map { ", \($0)" } ?? ", None"
    return add(
      "Slice", [x.name] + places, as: name, code: "torch.slice(\(x.code), \(axis), \(start)\(stop))")
  }

  /// The dimensions in another order.
  mutating func permute(_ x: Value, _ order: [Int], as name: String) -> Value {
    add(
      "Transpose", [x.name], [("perm", .integers(order))], as: name, code: "torch.permute(\(x.code), \(order))")
  }

  /// A dimension of size 1 more, at place `axis` of the result.
  mutating func unsqueeze(_ x: Value, axis: Int, as name: String) -> Value {
    add("Unsqueeze", [x.name, integers([axis])], as: name, code: "torch.unsqueeze(\(x.code), \(axis))")
  }

  /// The same elements in another shape: one size may be -1, and 0 keeps the size of the same place in x.
  mutating func reshape(_ x: Value, _ shape: [Int], as name: String) -> Value {
    let sizes = shape.enumerated().map { $1 == 0 ? "\(x.code).size(\($0))" : "\($1)" }
    return add(
      "Reshape", [x.name, integers(shape)], as: name,
      code: "torch.reshape(\(x.code), [\(sizes.joined(separator: ", "))])")
  }

  /// Normal over the last dimension: (x - mean) / √(variance + epsilon) · weight + bias.
  mutating func layerNorm(
    _ x: Value, _ weight: String, _ bias: String, epsilon: Float, as name: String
  ) throws(TrainingError) -> Value {
    let width = try shape(weight)
    let (weight, bias) = (try parameter(weight), try parameter(bias))
    return add(
      "LayerNormalization", [x.name, weight.name, bias.name], [("axis", .integer(-1)), ("epsilon", .float(epsilon))],
      as: name, code: "torch.layer_norm(\(x.code), \(width), \(weight.code), \(bias.code), \(epsilon))")
  }

  /// Logits [..., classes] with -infinity for the classes below `lowest` [...].
  mutating func forbid(_ logits: Value, below lowest: Value, classes: Int, as name: String) -> Value {
    let all = buffer(name + "_classes", shape: [classes], integers: Array(0..<classes))
    let bound = unsqueeze(lowest, axis: -1, as: name + "_lowest")
    let forbidden = add(
      "Less", [all.name, bound.name], as: name + "_forbidden", code: "\(all.code) < \(bound.code)")
    let never = initializer(Weight(name: name + "_never", shape: [], floats: [-.infinity]))
    return add(
      "Where", [forbidden.name, never, logits.name], as: name,
      code: "\(logits.code).masked_fill(\(forbidden.code), -float(\"inf\"))")
  }

  /// A layer of LSTM over x [steps, batch, inputs] from a state of [batch, units] each, or from zeros, with the tensors
  /// weight_ih, weight_hh and bias under `prefix` (gates i, f, g, o).
  ///
  /// - Parameter isReversed: from the last step to the first.
  /// - Returns: the outputs [steps, batch, units] and the states after the step that came last.
  mutating func lstm(
    _ x: Value, from state: (hidden: Value, cell: Value)?, _ prefix: String, isReversed: Bool = false, as name: String
  ) throws(TrainingError) -> (y: Value, hidden: Value, cell: Value) {
    let results = [name, name + "_hidden", name + "_cell"].map { unique($0) }
    try lstmNode(x, from: state, prefix, isReversed: isReversed, results: results)
    let weights = try [".weight_ih", ".weight_hh", ".bias"].map { part throws(TrainingError) in
      try scriptParameter(prefix + part)
    }
    let units = try shape(prefix + ".weight_hh").last ?? 0
    let first =
      state.map { "torch.unsqueeze(\($0.hidden.code), 0), torch.unsqueeze(\($0.cell.code), 0)" }
      ?? [0, 1].map { _ in
        "torch.zeros([1, \(x.code).size(1), \(units)], dtype=\(x.code).dtype, device=\(x.code).device)"
      }
      .joined(separator: ", ")
    let input = isReversed ? "torch.flip(\(x.code), [0])" : x.code
    line("\(results.joined(separator: ", ")) = torch.lstm(")
    line("  \(input), [\(first)],")
    // One bias stands for the sum of PyTorch's two.
    line("  [\(weights.joined(separator: ", ")), torch.zeros_like(\(weights[2]))],")
    line("  True, 1, 0.0, False, False, False)")
    if isReversed { line("\(name) = torch.flip(\(name), [0])") }
    for state in results.dropFirst() { line("\(state) = torch.squeeze(\(state), 0)") }
    let values = results.map { Value(name: $0, code: $0) }
    return (values[0], values[1], values[2])
  }

  /// The nodes of a layer of LSTM, whose three results are called `results`.
  private mutating func lstmNode(
    _ x: Value, from state: (hidden: Value, cell: Value)?, _ prefix: String, isReversed: Bool, results: [String]
  ) throws(TrainingError) {
    let inner = try weight(prefix + ".weight_ih"), recurrent = try weight(prefix + ".weight_hh")
    let bias = try weight(prefix + ".bias")
    let units = recurrent.shape.last ?? 0
    // ONNX has the gates in the order i, o, f, c, a dimension for directions, and a second bias.
    func ordered(_ weight: Weight) -> [Float] {
      let size = weight.floats.count / 4
      return [0, 3, 1, 2].flatMap { weight.floats[$0 * size..<($0 + 1) * size] }
    }
    var inputs = [
      x.name,
      initializer(Weight(name: prefix + ".W", shape: [1] + inner.shape, floats: ordered(inner))),
      initializer(Weight(name: prefix + ".R", shape: [1] + recurrent.shape, floats: ordered(recurrent))),
      initializer(
        Weight(
          name: prefix + ".B", shape: [1, 8 * units],
          floats: ordered(bias) + [Float](repeating: 0, count: 4 * units))),
    ]
    if let state {
      inputs.append("")
      for value in [state.hidden, state.cell] {
        inputs += node("Unsqueeze", [value.name, integers([0])], as: [value.name + "_layer"])
      }
    }
    let made = node(
      "LSTM", inputs,
      [("hidden_size", .integer(units)), ("direction", .string(isReversed ? "reverse" : "forward"))],
      as: results.map { $0 + "_directions" })
    for (index, result) in results.enumerated() {
      let axis = integers([index == 0 ? 1 : 0])
      append(Node(type: "Squeeze", inputs: [made[index], axis], outputs: [result], attributes: []))
    }
  }
}
