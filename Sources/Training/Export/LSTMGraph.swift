// The graph of the model that answers live.
import Improviser

/// What `LSTMLearner` computes, from its parameters alone.
///
/// Embeddings of the note that was heard, of the scale and of the condition are added; LSTM layers; and for each
/// attribute of the note to predict scores given those before it.
enum LSTMGraph {
  /// Makes the graph.
  static func make(_ weights: [NetworkGraph.Weight]) throws(TrainingError) -> NetworkGraph {
    var graph = NetworkGraph(
      name: "NoteLSTM", summary: "Predicts the interval, pitch, duration and velocity of the next note.",
      weights: weights)
    let heard = graph.heard()
    let notes = try graph.notes(heard, as: "notes")
    let x = graph.sum(notes, try graph.told(), as: "x")
    let known = graph.known()
    let top = try graph.layers(x, "lstm")
    try graph.noteHeads(top.y, known: known, before: heard[NoteAttribute.pitch.rawValue])
    graph.outputs(top.states)
    return graph
  }
}
