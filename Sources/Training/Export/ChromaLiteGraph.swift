// The graph of the model that names scales.

/// What `ChromaLiteNetwork` computes, with the smoothing and the statistics of the raw features that training prepares
/// outside the network.
enum ChromaLiteGraph {
  private static let smoothing = 5
  private static let recent = 25
  private static let beginning = 12

  /// Makes the graph; `temperature` divides the logits where the probabilities come from.
  static func make(
    _ weights: [NetworkGraph.Weight], shape: ChromaLiteShapeOptions, temperature: Float
  ) throws(TrainingError) -> NetworkGraph {
    var graph = NetworkGraph(name: "ChromaLite", summary: "Names the scale of a history of chroma.", weights: weights)
    let width = shape.bands * 12
    let bands = shape.bands == 1 ? "the sum of the bands" : "\(shape.bands) bands"
    let chroma = graph.input(
      "chroma", .float, [.steps, .batch, .fixed(width)],
      "features of the history, the oldest step first: \(bands) of the 12 pitch classes from C")
    let history = graph.permute(chroma, [1, 0, 2], as: "history")

    // Each step is the mean of itself and the four before it, of which those before the first count as zeros.
    let channels = graph.permute(chroma, [1, 2, 0], as: "channels")
    let pads = graph.integers([0, 0, smoothing - 1, 0, 0, 0])
    let padded = graph.add(
      "Pad", [channels.name, pads], as: "padded",
      code: "torch.constant_pad_nd(\(channels.code), [\(smoothing - 1), 0])")
    let averaged = graph.add(
      "AveragePool", [padded.name], [("kernel_shape", .integers([smoothing])), ("strides", .integers([1]))],
      as: "averaged", code: "torch.avg_pool1d(\(padded.code), [\(smoothing)], [1])")
    let smooth = graph.permute(averaged, [0, 2, 1], as: "smooth")
    let columns = graph.reshape(smooth, [-1, shape.bands, 12], as: "columns")
    let a = graph.relu(try mix(columns, "a", &graph), as: "a_hidden")
    let b = graph.relu(try mix(a, "b", &graph), as: "b_hidden")
    let sizes = graph.node("Shape", [history.name], [("start", .integer(0)), ("end", .integer(2))], as: ["sizes"])
    let units = graph.integers([shape.hidden * 12])
    let hidden = graph.node("Concat", sizes + [units], [("axis", .integer(0))], as: ["shape"])
    let y = graph.add(
      "Reshape", [b.name] + hidden, as: "y",
      code: "torch.reshape(\(b.code), [\(history.code).size(0), -1, \(shape.hidden * 12)])")

    let mean = graph.mean(y, over: [1], as: "mean")
    let squares = graph.mean(graph.product(y, y, as: "square"), over: [1], as: "mean_square")
    let variance = graph.difference(squares, graph.product(mean, mean, as: "square_mean"), as: "variance")
    let positive = graph.sum(graph.relu(variance, as: "positive"), graph.number(1e-6), as: "raised")
    let deviation = graph.squareRoot(positive, as: "deviation")
    let all = graph.mean(history, over: [1], as: "all_steps")
    let last = graph.mean(
      graph.slice(history, axis: 1, from: -recent, to: nil, as: "recent"), over: [1], as: "recent_steps")
    let first = graph.mean(
      graph.slice(history, axis: 1, from: 0, to: beginning, as: "beginning"), over: [1], as: "first_steps")
    let joined = graph.concatenate([mean, deviation, all, last, first], axis: 1, as: "joined")
    let statistics = graph.reshape(joined, [0, -1, 12], as: "statistics")

    let p = graph.relu(try mix(statistics, "p", &graph), as: "p_hidden")
    let z = graph.relu(try mix(p, "q", &graph), as: "z")
    var logits = try scores(z, families: shape.families.count, &graph)
    if shape.hasNone {
      let quiet = graph.mean(z, over: [2], as: "quiet")
      let none = try graph.linear(quiet, "none.weight", "none.bias", as: "none")
      logits = graph.concatenate([logits, none], axis: 1, as: "scores_and_none")
    }
    let classes: [NetworkGraph.Size] = [.batch, .fixed(shape.classCount)]
    let names = shape.families.map(\.rawValue).joined(separator: ", ")
    graph.output(
      logits, "logits", .float, classes,
      "scores of the 12 tonics of each family in turn (\(names))" + (shape.hasNone ? ", and of no scale" : ""))
    let cooled = graph.quotient(logits, graph.number(temperature), as: "calibrated")
    graph.output(graph.softmax(cooled, axis: -1, as: "shares"), "probabilities", .float, classes, "calibrated")
    return graph
  }

  /// Mixes around the circle of the pitch classes: a convolution over x [N, inputs, 12] and its first eleven columns.
  private static func mix(
    _ x: NetworkGraph.Value, _ prefix: String, _ graph: inout NetworkGraph
  ) throws(TrainingError) -> NetworkGraph.Value {
    let again = graph.slice(x, axis: 2, from: 0, to: 11, as: prefix + "_again")
    let circle = graph.concatenate([x, again], axis: 2, as: prefix + "_circle")
    let (weight, bias) = (try graph.parameter(prefix + ".weight"), try graph.parameter(prefix + ".bias"))
    return graph.add(
      "Conv", [circle.name, weight.name, bias.name], as: prefix,
      code: "torch.conv1d(\(circle.code), \(weight.code), \(bias.code))")
  }

  /// Scores [batch, families · 12] from z [batch, mixing, 12].
  private static func scores(
    _ z: NetworkGraph.Value, families: Int, _ graph: inout NetworkGraph
  ) throws(TrainingError) -> NetworkGraph.Value {
    let steps = graph.permute(z, [0, 2, 1], as: "tonics")
    let each = try graph.linear(steps, "out.weight", "out.bias", as: "out")
    return graph.reshape(graph.permute(each, [0, 2, 1], as: "families"), [0, families * 12], as: "scores")
  }
}
