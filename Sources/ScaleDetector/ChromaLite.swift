// ChromaLite: the network that names the scale of a chroma history, loaded from a model file.
public import Foundation
public import Music
public import Neural

/// A transposition-equivariant network over a causal history of chroma.
///
/// Every history step of `bands` × 12 features is smoothed over five steps and mixed around the circle of pitch
/// classes (layers a, b); statistics of the result over the whole history are mixed again (p, q) and scored for each
/// family on each tonic, and for "no scale". Rotating the input by k semitones rotates the scores by k tonics.
/// Immutable after loading, so one model serves any number of streams on any threads.
public final class ChromaLite: Sendable {
  /// Value of the metadata "architecture" and "version" that this code runs.
  public static let architecture = "chromalite"
  public static let version = "1"
  /// Features of one history step as the analyzer delivers them: three bands, band-major, twelve pitch classes each.
  public static let featureCount = 36

  /// Bands that the model was trained with: 3, or 1 for their sum.
  public let bands: Int
  /// Channels of the layers a, b (H) and p, q (G).
  public let hidden: Int
  public let mixing: Int
  /// Families in the order of the model's outputs.
  public let families: [ScaleFamily]
  /// Whether the model has a class for "no scale".
  public let hasNone: Bool
  /// What the logits are divided by, so that probabilities are calibrated.
  public let temperature: Float
  /// Steps that the history is cut to (161 = 30 s).
  public let window: Int
  /// The string map of the file: data, licence, command, seed, figures.
  public let metadata: [String: String]

  let a, b, p, q, out: CircularLayer
  let none: DenseLayer?
  let instructions: KernelInstructions

  /// Loads a model file and checks everything about it.
  /// - Parameter instructions: the kernels' instruction set; the machine's best except in tests.
  public convenience init(contentsOf url: URL, instructions: KernelInstructions = .best) throws(ModelError) {
    try self.init(SafetensorsFile(contentsOf: url), instructions: instructions)
  }

  /// Loads a model from an open file.
  public init(_ file: SafetensorsFile, instructions: KernelInstructions = .best) throws(ModelError) {
    try file.verifyChecksum()
    let shape = try ChromaLiteShape(file)
    let statistics = 2 * shape.hidden + 3 * shape.bands
    func layer(_ name: String, from inputs: Int, to outputs: Int) throws(ModelError) -> CircularLayer {
      CircularLayer(
        inputs: inputs, outputs: outputs,
        weights: try file.floats(name + ".weight", shape: [outputs, inputs, 12]),
        bias: try file.floats(name + ".bias", shape: [outputs]), instructions: instructions)
    }
    a = try layer("a", from: shape.bands, to: shape.hidden)
    b = try layer("b", from: shape.hidden, to: shape.hidden)
    p = try layer("p", from: statistics, to: shape.mixing)
    q = try layer("q", from: shape.mixing, to: shape.mixing)
    out = CircularLayer(
      inputs: shape.mixing, outputs: shape.families.count, taps: 1,
      weights: try file.floats("out.weight", shape: [shape.families.count, shape.mixing]),
      bias: try file.floats("out.bias", shape: [shape.families.count]), instructions: instructions)
    none =
      shape.hasNone
      ? DenseLayer(
        inputs: shape.mixing, outputs: 1, weights: try file.floats("none.weight", shape: [1, shape.mixing]),
        bias: try file.floats("none.bias", shape: [1]), instructions: instructions) : nil
    let expected = shape.hasNone ? 12 : 10
    guard file.tensors.count == expected else {
      throw file.fault(.shape, "has \(file.tensors.count) tensors instead of \(expected)")
    }
    bands = shape.bands
    hidden = shape.hidden
    mixing = shape.mixing
    families = shape.families
    hasNone = shape.hasNone
    temperature = shape.temperature
    window = shape.window
    metadata = file.metadata
    self.instructions = instructions
  }

  /// Number of trained weights.
  public var parameterCount: Int {
    let circular = [a, b, p, q, out].reduce(0) { $0 + $1.outputs * ($1.inputs * $1.taps + 1) }
    return circular + (none.map { $0.inputs + 1 } ?? 0)
  }

  /// Classifies the last `window` steps of a whole history; the same bits as a stream that is fed step by step.
  /// - Parameter history: [steps, 3, 12] features, oldest first; an incomplete last step is ignored.
  public func classify(history: [Float]) -> Posterior {
    let stream = ChromaLiteStream(model: self)
    let steps = history.count / Self.featureCount
    history.withUnsafeBufferPointer { features in
      // Older steps than these cannot reach the window: a step's smoothing looks back four steps.
      for step in max(0, steps - window - ChromaLiteStream.smoothing + 1)..<steps {
        let start = step * Self.featureCount
        stream.process(UnsafeBufferPointer(rebasing: features[start..<start + Self.featureCount]))
      }
    }
    return stream.posterior()
  }
}
