// The command antiphon-train thesaurus train.
import ArgumentParser
import Foundation
import Torch
import Training

/// Trains the autoencoder over the patterns of the Thesaurus.
struct ThesaurusTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains the model of patterns and writes it with its card.",
    discussion: """
      It learns from about 15 % of the patterns; the others are held out to measure it. Takes minutes on one core.
      Ctrl-C ends a training with a checkpoint; --resume and the same options go on and end with the same model.
      On a shared machine set OPENBLAS_NUM_THREADS=1.
      """)

  private static let defaults = ThesaurusTrainingOptions()

  @Option(name: .shortAndLong, help: "The model file to write; the card and the checkpoint go beside it.")
  var output = "presets/models/thesaurus.safetensors"

  @Option(help: "Numbers in a latent vector: 12 or 16.")
  var latent = defaults.latent

  @Option(help: "Units of each hidden layer.")
  var hidden = defaults.hidden

  @Option(help: "Passes over the training patterns.")
  var epochs = defaults.epochs

  @Option(help: "Patterns of a step.")
  var batch = defaults.batch

  @Option(help: "Weight of the divergence from the prior; it rises from 0 to this.")
  var beta = defaults.beta

  @Option(help: "Weight of the decoder's doubt about vectors of the prior.")
  var priorWeight = defaults.priorWeight

  @Option(help: "How far rare progressions are drawn more often: 0 not at all, 1 until all are drawn alike.")
  var balance = defaults.balance

  @Option(help: "Learning rate at the start; it rises to twice that and falls.")
  var learningRate = defaults.rate

  @Option(help: "Decoupled weight decay of AdamW.")
  var weightDecay = defaults.weightDecay

  @Option(help: "Seed of everything random.")
  var seed = defaults.seed

  @Option(help: "The checkpoint; by default beside the output.")
  var checkpoint: String?

  @Flag(help: "Continue from the checkpoint.")
  var resume = false

  @Flag(help: "Show no progress.")
  var quiet = false

  /// What was asked for.
  private var options: ThesaurusTrainingOptions {
    var options = ThesaurusTrainingOptions()
    options.output = URL(fileURLWithPath: output)
    options.checkpoint = checkpoint.map { URL(fileURLWithPath: $0) }
    (options.latent, options.hidden, options.epochs, options.batch) = (latent, hidden, epochs, batch)
    (options.beta, options.priorWeight, options.balance) = (beta, priorWeight, balance)
    (options.rate, options.weightDecay, options.seed) = (learningRate, weightDecay, seed)
    (options.resumes, options.isQuiet) = (resume, quiet)
    options.command = OptionReading.commandLine
    return options
  }

  func validate() throws {
    guard !output.isEmpty, checkpoint?.isEmpty != true else {
      throw ValidationError("--output and --checkpoint need the name of a file; leave them out for the usual ones.")
    }
    do {
      try options.validate()
    } catch {
      throw ValidationError(error.description)
    }
  }

  func run() throws {
    TorchRuntime.tune()
    let figures = try ThesaurusTraining.run(options) { Interruption.isRaised }
    StandardError.say("validation: " + figures.text)
    print(options.output.relativePath)
  }
}
