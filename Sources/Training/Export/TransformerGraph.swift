// The graph of the causal transformer.
import Improviser

/// What `TransformerNetwork` computes over a window that goes on where the one before ended.
///
/// Its state is the number of notes that each sequence has had (at most `TransformerNetwork.memory`) and, of each
/// layer, the last so many inputs of the attention.
enum TransformerGraph {
  private static let memory = TransformerNetwork.memory

  /// Makes the graph.
  static func make(
    _ weights: [NetworkGraph.Weight], options: NoteModelOptions
  ) throws(TrainingError) -> NetworkGraph {
    var graph = NetworkGraph(
      name: "NoteTransformer", summary: "Predicts the interval, pitch, duration and velocity of the next note.",
      weights: weights)
    let heard = graph.heard()
    let notes = try graph.notes(heard, as: "notes")
    var x = graph.sum(notes, try graph.told(), as: "x")
    let known = graph.known()
    let age = graph.input(
      "age", .float, [.batch, .fixed(1)],
      "notes that the memory holds, 0 to \(memory); 0 at the beginning of a sequence")
    if graph.has("widening.weight") { x = try graph.linear(x, "widening.weight", "widening.bias", as: "x") }
    x = graph.permute(x, [1, 0, 2], as: "rows")
    let reach = Reach(x, age: age, memory: memory, &graph)
    var changes = [NetworkGraph.StateChange(old: age, new: reach.age)]
    for (index, width) in options.hidden.enumerated() {
      let past = graph.input(
        "memory_\(index)", .float, [.batch, .fixed(memory), .fixed(width)],
        "the last \(memory) inputs of layer \(index)'s attention; zeros at the beginning")
      let block = try block(
        x, past: past, reach: reach, "block.\(index)", heads: options.heads, width: width, &graph)
      x = block.y
      changes.append(NetworkGraph.StateChange(old: past, new: block.past))
    }
    let normal = try graph.layerNorm(x, "norm.weight", "norm.bias", epsilon: 1e-5, as: "normal")
    let top = graph.permute(normal, [1, 0, 2], as: "top")
    try graph.noteHeads(top, known: known, before: heard[NoteAttribute.pitch.rawValue])
    graph.outputs(changes)
    return graph
  }

  /// Which keys each query sees, and how far back they lie.
  private struct Reach {
    /// The distance of each key from each query, within those that have a vector, int64 [steps, keys].
    let distance: NetworkGraph.Value
    /// Whether a query may not see a key, [batch, 1, steps, keys].
    let isHidden: NetworkGraph.Value
    /// Notes that the memory holds after the window, [batch, 1].
    let age: NetworkGraph.Value

    /// From x [batch, steps, width] and the age of each row [batch, 1].
    init(_ x: NetworkGraph.Value, age: NetworkGraph.Value, memory: Int, _ graph: inout NetworkGraph) {
      let scalars = [0, 1, memory].map { graph.integers([$0], scalar: true) }
      let (zero, one, most) = (scalars[0], scalars[1], scalars[2])
      let size = graph.node("Shape", [x.name], [("start", .integer(1)), ("end", .integer(2))], as: ["size"])
      let count = graph.node("Squeeze", size + [graph.integers([0])], as: ["count"])
      let steps = graph.add("Range", [zero] + count + [one], as: "step",
        code: "torch.arange(\(x.code).size(1), device=\(x.code).device)")
      let length = graph.node("Add", count + [most], as: ["length"])
      let keys = graph.add(
        "Range", [zero] + length + [one], as: "place",
        code: "torch.arange(\(x.code).size(1) + \(memory), device=\(x.code).device)")
      let query = graph.node("Add", [steps.name, most], as: ["query_place"])
      let queries = graph.node("Unsqueeze", query + [graph.integers([1])], as: ["query_places"])
      let back = graph.add(
        "Sub", queries + [keys.name], as: "back",
        code: "torch.unsqueeze(\(steps.code) + \(memory), 1) - \(keys.code)")
      distance = graph.add(
        "Clip", [back.name, zero, most], as: "distance", code: "torch.clamp(\(back.code), 0, \(memory))")

      // A query sees itself and as many notes back as its sequence has had, up to the memory.
      let number = graph.add(
        "Cast", [steps.name], [("to", .integer(1))], as: "step_number", code: "\(steps.code).float()")
      let limit = graph.number(Float(memory))
      let had = graph.sum(age, number, as: "had")
      let reach = graph.add(
        "Min", [had.name, limit.name], as: "reach", code: "torch.clamp(\(had.code), max=\(limit.code))")
      let places = graph.reshape(reach, [0, 1, -1, 1], as: "reach_of_each")
      let distances = graph.add(
        "Cast", [back.name], [("to", .integer(1))], as: "back_number", code: "\(back.code).float()")
      let isFar = graph.node("Greater", [distances.name, places.name], as: ["is_far"])
      let isAhead = graph.node("Less", [distances.name, graph.number(0).name], as: ["is_ahead"])
      isHidden = graph.add(
        "Or", isFar + isAhead, as: "is_hidden",
        code: "(\(distances.code) > \(places.code)) | (\(distances.code) < 0)")
      let total = graph.node("Cast", size, [("to", .integer(1))], as: ["steps_number"])
      let sum = graph.node("Add", [age.name] + total, as: ["age_sum"])
      self.age = graph.add(
        "Min", sum + [limit.name], as: "age_after",
        code: "torch.clamp(\(age.code) + \(x.code).size(1), max=\(limit.code))")
    }
  }

  /// One layer over x [batch, steps, width].
  private static func block(
    _ x: NetworkGraph.Value, past: NetworkGraph.Value, reach: Reach, _ prefix: String, heads: Int, width: Int,
    _ graph: inout NetworkGraph
  ) throws(TrainingError) -> (y: NetworkGraph.Value, past: NetworkGraph.Value) {
    let now = try graph.layerNorm(x, prefix + ".before.weight", prefix + ".before.bias", epsilon: 1e-5, as: "now")
    let context = graph.concatenate([past, now], axis: 1, as: "context")
    let after = graph.slice(context, axis: 1, from: -memory, to: nil, as: "past")
    func part(
      _ source: NetworkGraph.Value, _ name: String, _ graph: inout NetworkGraph
    ) throws(TrainingError) -> NetworkGraph.Value {
      let all = try graph.linear(source, "\(prefix).\(name).weight", "\(prefix).\(name).bias", as: name + "_all")
      return graph.split(all, heads: heads, width: width, as: name)
    }
    let query = try part(now, "query", &graph)
    let key = try part(context, "key", &graph)
    let value = try part(context, "value", &graph)
    let near = graph.attentionScores(query, key, as: "scores")
    let vectors = try graph.parameter(prefix + ".distances")
    let turned = graph.permute(vectors, [0, 2, 1], as: "vectors")
    let far = graph.matmul(query, turned, as: "scores_of_distances")
    let shape = graph.node("Shape", [near.name], as: ["scores_shape"])
    let index = graph.node("Expand", [reach.distance.name] + shape, as: ["distance_index"])
    let away = graph.add(
      "GatherElements", [far.name] + index, [("axis", .integer(3))], as: "scores_by_distance",
      code: "torch.gather(\(far.code), 3, \(reach.distance.code).expand(\(near.code).size()))")
    let all = graph.scaled(graph.sum(near, away, as: "scores_sum"), width: width / heads, as: "scores_scaled")
    let never = graph.initializer(NetworkGraph.Weight(name: "never", shape: [], floats: [-.infinity]))
    let seen = graph.add(
      "Where", [reach.isHidden.name, never, all.name], as: "scores_seen",
      code: "\(all.code).masked_fill(\(reach.isHidden.code), -float(\"inf\"))")
    let heard = graph.attended(seen, value, width: width, as: "heard")
    let out = try graph.linear(heard, prefix + ".output.weight", prefix + ".output.bias", as: "output")
    let attended = graph.sum(x, out, as: "attended")
    let normal = try graph.layerNorm(
      attended, prefix + ".between.weight", prefix + ".between.bias", epsilon: 1e-5, as: "between")
    let wide = try graph.linear(normal, prefix + ".wide.weight", prefix + ".wide.bias", as: "wide")
    let bent = graph.gelu(wide, as: "bent")
    let narrow = try graph.linear(bent, prefix + ".narrow.weight", prefix + ".narrow.bias", as: "narrow")
    return (graph.sum(attended, narrow, as: "y"), after)
  }
}
