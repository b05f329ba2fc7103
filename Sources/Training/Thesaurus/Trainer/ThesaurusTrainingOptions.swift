// What one training of the autoencoder is asked to do.
public import Foundation

/// Everything that decides the outcome of a training, and where it goes. The defaults made the shipped model.
public struct ThesaurusTrainingOptions: Sendable {
  /// Numbers in a latent vector: one of `latents`.
  public var latent = 16
  /// Units of each hidden layer, within `hiddenUnits`.
  public var hidden = 256
  /// Passes over the training patterns.
  public var epochs = 160
  /// Patterns of a step.
  public var batch = 128
  /// Weight of the divergence from the prior once it has risen, which it does from 0 over the first part of the steps.
  public var beta = 0.15
  /// Learning rate at the start; it rises to twice that and falls to nearly nothing (one cycle).
  public var rate = 1e-3
  /// Weight of the loss on vectors of the prior: there the decoder is to be sure of the allowed pattern that is most
  /// probable by its own word. No pattern of the list is shown to it for that.
  public var priorWeight = 0.4
  /// How far rare progressions are drawn more often than they occur: 0 not at all, 1 until all are drawn alike.
  public var balance = 0.6
  /// Decoupled weight decay of AdamW.
  public var weightDecay = 0.0
  /// Largest norm of a step's gradient.
  public var clipping = 5.0
  /// Seed of everything random.
  public var seed: UInt64 = 1
  /// Continue from the checkpoint.
  public var resumes = false
  /// The file that a training is continued from; beside the output when nil.
  public var checkpoint: URL?
  /// The model file; the card goes beside it.
  public var output = URL(fileURLWithPath: "presets/models/thesaurus.safetensors")
  /// The command line, for the model card.
  public var command = "antiphon-train thesaurus train"
  /// Whether progress is shown on standard error.
  public var isQuiet = false

  /// The lengths of latent vectors that there are.
  public static let latents = [12, 16]
  /// The numbers of hidden units that there are.
  public static let hiddenUnits = 8...1024
  /// Share of the steps over which the weight of the divergence rises, and after which vectors of the prior join.
  static let warmUp = 0.3

  /// The defaults.
  public init() {}

  /// Refuses values that no training can use.
  ///
  /// - Throws: a sentence that names the option of the command line.
  public func validate() throws(TrainingError) {
    guard Self.latents.contains(latent) else {
      throw TrainingError("--latent is \(latent); a latent vector has 12 or 16 numbers.")
    }
    let wholes = [
      ("hidden", hidden, Self.hiddenUnits), ("epochs", epochs, 1...100_000), ("batch", batch, 1...4096),
    ]
    for (name, value, range) in wholes where !range.contains(value) {
      throw TrainingError("--\(name) is \(value); give a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    let numbers = [
      ("beta", beta, 0...100.0), ("learning-rate", rate, 1e-7...1), ("prior-weight", priorWeight, 0...10),
      ("balance", balance, 0...1), ("weight-decay", weightDecay, 0...1),
    ]
    for (name, value, range) in numbers where !range.contains(value) {
      throw TrainingError("--\(name) is \(value); give a number from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  /// Where the checkpoint lies.
  var checkpointFile: URL { checkpoint ?? output.deletingPathExtension().appendingPathExtension("checkpoint.pt") }
}
