// The graph of the network that fills in hidden notes.
import Improviser

/// What `BidirectionalAttentionNetwork` computes over one sequence a row, of which some notes are hidden.
enum BidirectionalAttentionGraph {
  /// Makes the graph.
  static func make(
    _ weights: [NetworkGraph.Weight], options: NoteModelOptions
  ) throws(TrainingError) -> NetworkGraph {
    var graph = NetworkGraph(
      name: "BidirectionalAttention", summary: "Predicts hidden notes of a sequence from all the others.",
      weights: weights)
    let classes = NoteAttribute.allCases.map { attribute in
      graph.input(
        attribute.name, .integer, NetworkGraph.cells,
        "class of the \(attribute.name) of each note; of a hidden one only the attributes after it are told it")
    }
    let hidden = graph.input("is_hidden", .integer, NetworkGraph.cells, "1 for the notes to predict, else 0")
    let each = graph.unsqueeze(hidden, axis: -1, as: "hidden_each")
    let share = graph.add(
      "Cast", [each.name], [("to", .integer(1))], as: "hidden_share", code: "\(each.code).float()")
    let notes = try graph.notes(classes, as: "notes")
    let shown = graph.product(notes, graph.difference(graph.number(1), share, as: "shown_share"), as: "shown")
    let instead = graph.matmul(share, try graph.parameter("hidden"), as: "instead")
    let x = graph.sum(graph.sum(shown, instead, as: "seen"), try graph.told(), as: "x")

    let right = try graph.lstm(x, from: nil, "forward", as: "right")
    let left = try graph.lstm(x, from: nil, "backward", isReversed: true, as: "left")
    let both = try graph.layerNorm(
      graph.concatenate([right.y, left.y], axis: 2, as: "both_sides"), "read_norm.weight", "read_norm.bias",
      epsilon: 1e-5, as: "both")
    let width = try 2 * (graph.shape("forward.weight_hh").last ?? 0)
    let keyWidth = try graph.shape("query.weight").first ?? 0
    let heard = graph.permute(both, [1, 0, 2], as: "heard")
    func part(
      _ name: String, _ graph: inout NetworkGraph
    ) throws(TrainingError) -> NetworkGraph.Value {
      let all = try graph.linear(heard, name + ".weight", name + ".bias", as: name + "_all")
      return graph.split(all, heads: options.heads, width: keyWidth, as: name)
    }
    let (query, key) = (try part("query", &graph), try part("key", &graph))
    let values = graph.split(heard, heads: options.heads, width: width, as: "values")
    let scores = graph.scaled(
      graph.attentionScores(query, key, as: "scores"), width: keyWidth / options.heads, as: "scores_scaled")
    let found = graph.permute(graph.attended(scores, values, width: width, as: "found_rows"), [1, 0, 2], as: "found")
    let joined = graph.concatenate([both, found], axis: 2, as: "both_and_found")
    var y = try graph.layerNorm(
      graph.linear(joined, "join.weight", "join.bias", as: "join"), "join_norm.weight", "join_norm.bias",
      epsilon: 1e-5, as: "joined")
    var index = 0
    while graph.has("writer.\(index).weight_hh") {
      y = try graph.lstm(y, from: nil, "writer.\(index)", as: "y_\(index)").y
      index += 1
    }
    try graph.noteHeads(y, known: classes, before: before(classes[NoteAttribute.pitch.rawValue], &graph))
    return graph
  }

  /// The pitch of the note before each, and the start before the first.
  private static func before(_ pitch: NetworkGraph.Value, _ graph: inout NetworkGraph) -> NetworkGraph.Value {
    let earlier = graph.slice(pitch, axis: 0, from: 0, to: -1, as: "earlier")
    let start = graph.integers([NoteVocabulary.start], scalar: true)
    return graph.add(
      "Pad", [earlier.name, graph.integers([1, 0, 0, 0]), start], as: "pitch_before",
      code: "torch.constant_pad_nd(\(earlier.code), [0, 0, 1, 0], \(NoteVocabulary.start))")
  }
}
