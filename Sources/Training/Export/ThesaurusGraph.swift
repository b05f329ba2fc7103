// The graph of the model of patterns.
import Improviser

/// What `ThesaurusNetwork` computes: the encoder and the decoder beside each other, each with its own input.
enum ThesaurusGraph {
  /// Makes the graph.
  static func make(_ weights: [NetworkGraph.Weight], latent: Int) throws(TrainingError) -> NetworkGraph {
    var graph = NetworkGraph(
      name: "Thesaurus", summary: "Encodes patterns of the Thesaurus and decodes latent vectors to patterns.",
      weights: weights)
    let numbers = NetworkGraph.Size.fixed(PatternLogits.count)
    let coding = "\(PatternLogits.progressions) progressions, of which one is chosen, then the set of "
      + "\(PatternLogits.places) places of added notes, from a fourth below the first principal tone on"
    let patterns: [NetworkGraph.Size] = [.named("patterns"), numbers]
    let pattern = graph.input("pattern", .float, patterns, "0 or 1 each: \(coding)")
    let vectors: [NetworkGraph.Size] = [.named("vectors"), .fixed(latent)]
    let vector = graph.input("latent", .float, vectors, "latent vectors; those of the prior are normally distributed")
    let features = try hidden(pattern, "encoder", &graph)
    let codes: [NetworkGraph.Size] = [.named("patterns"), .fixed(latent)]
    for (name, meaning) in [
      ("mean", "of the latent vector"), ("log_variance", "logarithm of the variance of the latent vector"),
    ] {
      let value = try graph.linear(features, "\(name).weight", "\(name).bias", as: "\(name)_sum")
      graph.output(value, name, .float, codes, meaning)
    }
    let decoded = try hidden(vector, "decoder", &graph)
    let logits = try graph.linear(decoded, "logits.weight", "logits.bias", as: "logits_sum")
    graph.output(logits, "logits", .float, [.named("vectors"), numbers], coding)
    return graph
  }

  /// Both hidden layers of a half.
  private static func hidden(
    _ x: NetworkGraph.Value, _ half: String, _ graph: inout NetworkGraph
  ) throws(TrainingError) -> NetworkGraph.Value {
    var value = x
    for layer in 0..<2 {
      let name = "\(half).\(layer)"
      let sum = try graph.linear(value, "\(name).weight", "\(name).bias", as: "\(half)_\(layer)")
      value = graph.hyperbolicTangent(sum, as: "\(half)_hidden_\(layer)")
    }
    return value
  }
}
