// A model file of the project as it is exported: weights, what is known of it, and how it computes.
import Foundation
import Improviser
import Music
import Neural
import ScaleDetector
import Torch

/// What a model file holds.
enum ModelContents {
  /// The model that names scales.
  case chromaLite(ChromaLiteNetwork, temperature: Float)
  /// The model of patterns.
  case thesaurus(ThesaurusNetwork)
  /// A model of notes of any kind.
  case notes(any NoteLearner)

  /// Reads a file.
  ///
  /// - Throws: a sentence for a file that is missing, damaged or no model of the project.
  static func read(_ url: URL) throws -> (contents: ModelContents, file: SafetensorsFile) {
    let remedy = "Give the name of a model that \"antiphon-train models\" lists, or the path of a model file"
    let file = try SafetensorsFile(contentsOf: url, remedy: remedy)
    let architecture = file.metadata["architecture"] ?? ""
    if architecture == ChromaLite.architecture { return (try chromaLite(file), file) }
    if architecture == ThesaurusModel.architecture { return (try thesaurus(file), file) }
    let kinds = [NoteModelFile.architecture] + NoteModelKind.allCases.map(\.rawValue)
    guard kinds.contains(architecture) else {
      let problem = architecture.isEmpty
        ? "does not say which network it holds, so it is no model of Antiphon"
        : "holds a model of kind \"\(architecture)\", which this program does not know"
      throw file.fault(.unsupported, problem)
    }
    return (.notes(try NoteLearnerFile.read(url)), file)
  }

  private static func chromaLite(_ file: SafetensorsFile) throws -> ModelContents {
    // The inference that ships checks everything about the file.
    let shipped = try ChromaLite(file)
    let network = try ChromaLiteNetwork(
      ChromaLiteShapeOptions(
        bands: shipped.bands, hidden: shipped.hidden, mixing: shipped.mixing, families: shipped.families,
        hasNone: shipped.hasNone))
    try network.load(values(of: network, file))
    return .chromaLite(network, temperature: shipped.temperature)
  }

  private static func thesaurus(_ file: SafetensorsFile) throws -> ModelContents {
    let shipped = try ThesaurusModel(file)
    let network = try ThesaurusNetwork(latent: shipped.latent, hidden: shipped.hidden)
    try network.load(values(of: network, file))
    return .thesaurus(network)
  }

  private static func values(of module: any Module, _ file: SafetensorsFile) throws -> [String: Tensor] {
    var values: [String: Tensor] = [:]
    for (name, tensor) in module.parameters {
      values[name] = try Tensor(file.floats(name, shape: tensor.shape), shape: tensor.shape)
    }
    return values
  }

  /// The network as a graph.
  func graph() throws -> NetworkGraph {
    switch self {
    case .chromaLite(let network, let temperature):
      return try ChromaLiteGraph.make(
        Self.weights(network), shape: network.shape, temperature: temperature)
    case .thesaurus(let network):
      return try ThesaurusGraph.make(Self.weights(network), latent: network.latent)
    case .notes(let learner):
      return try NoteGraphs.graph(learner, weights: Self.weights(learner))
    }
  }

  private static func weights(_ module: any Module) throws -> [NetworkGraph.Weight] {
    try module.parameters.map { name, tensor in
      NetworkGraph.Weight(name: name, shape: tensor.shape, floats: try tensor.floats())
    }
  }
}
