// The graphs of the models of notes, and how a window of notes becomes their inputs.
import Improviser

/// The one place that knows which graph belongs to which kind.
enum NoteGraphs {
  /// The graph of a network.
  ///
  /// - Throws: a sentence for a network whose tensors are not those of its kind.
  static func graph(_ learner: any NoteLearner, weights: [NetworkGraph.Weight]) throws(TrainingError) -> NetworkGraph {
    let options = learner.options
    switch options.kind {
    case .lstm: return try LSTMGraph.make(weights)
    case .transformer: return try TransformerGraph.make(weights, options: options)
    case .bidirectionalAttention: return try BidirectionalAttentionGraph.make(weights, options: options)
    case .seedLSTM: return try SeedLSTMGraph.make(weights, classes: options.tokens.count + 1)
    case .regression: return try PitchRegressionGraph.make(weights)
    case .musicNetLSTM: return try MusicNetLSTMGraph.make(weights)
    }
  }

  /// The name of the output for the logits of an attribute.
  static func output(_ attribute: NoteAttribute, of kind: NoteModelKind) -> String {
    (kind == .seedLSTM ? "token" : attribute.name) + "_logits"
  }

  /// What the inputs of the graph are for a window, in their order, without the state.
  static func inputs(_ graph: NetworkGraph, _ batch: NoteBatch, of learner: any NoteLearner) -> [ExampleTensor] {
    let cells = [batch.steps, batch.rows]
    // A network that is told the notes on both sides reads what is to be predicted.
    let notes = learner.isCausal ? batch.heard : batch.targets.map { classes in classes.map { max(0, $0) } }
    return graph.inputs.compactMap { port in
      if let attribute = NoteAttribute.allCases.first(where: { $0.name == port.name }) {
        return ExampleTensor(name: port.name, shape: cells, integers: notes[attribute.rawValue])
      }
      if let attribute = NoteAttribute.allCases.first(where: { "known_" + $0.name == port.name }) {
        let classes = batch.targets[attribute.rawValue].map { max(0, $0) }
        return ExampleTensor(name: port.name, shape: cells, integers: classes)
      }
      switch port.name {
      case "token":
        return ExampleTensor(name: port.name, shape: cells, integers: notes[NoteAttribute.pitch.rawValue])
      case "condition": return ExampleTensor(name: port.name, shape: cells, integers: batch.condition)
      case "scale":
        return ExampleTensor(name: port.name, shape: cells + [ScaleCondition.count], floats: batch.scales)
      case "is_hidden": return ExampleTensor(name: port.name, shape: cells, integers: hidden(batch))
      default: return nil
      }
    }
  }

  /// Hides every so many-th note, another part of them in each row: what `logits` hides one part after the other.
  private static func hidden(_ batch: NoteBatch) -> [Int64] {
    let passes = BidirectionalAttentionNetwork.passes
    return (0..<batch.steps * batch.rows).map { $0 / batch.rows % passes == $0 % batch.rows % passes ? 1 : 0 }
  }
}
