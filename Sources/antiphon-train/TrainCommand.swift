// The command antiphon-train scales train.
import ArgumentParser
import Foundation
import Training

/// Trains ChromaLite on data set files.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains the scale model and writes it with its card, history and pictures.",
    discussion: "An interrupted training goes on with --resume and the same options, and ends with the same model.")

  @Argument(help: "Data set files that \"scales generate\" wrote (safetensors); shards may be named together.")
  var dataSets: [String]

  @Option(help: "The model file to write; everything else goes beside it.")
  var output = "presets/models/chromalite.safetensors"

  @Option(help: "Families to tell apart, separated by commas (major,dorian,…); all by default.")
  var families: String?

  @Option(help: "24 for major and natural minor only, with no \"no scale\".")
  var classes: Int?

  @Option(help: "Registers that the model hears apart: 3, or 1 for their sum.")
  var bands = 3

  @Option(help: "Channels of the layers over the steps.")
  var hidden = 32

  @Option(help: "Channels of the layers over the statistics.")
  var mixing = 64

  @Option(help: "Passes over the data, at most.")
  var epochs = 36

  @Option(help: "Passes without improvement before training stops.")
  var patience = 12

  @Option(help: "Examples of a step.")
  var batch = 64

  @Option(help: "Learning rate at the start; it rises to twice that and falls.")
  var rate = 2e-3

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "Threads of libtorch.")
  var threads = 1

  @Option(help: "Use only so many samples of each split.")
  var limitSamples: Int?

  @Flag(help: "Continue from the checkpoint beside the output.")
  var resume = false

  @Option(help: "What the data are, for the model card.")
  var data: String?

  @Option(help: "Licence of the data, for the model card.")
  var licence = "not stated"

  func run() throws {
    var options = TrainingOptions()
    try OptionReading.apply(families: families, classes: classes, to: &options)
    options.bands = bands
    options.hidden = hidden
    options.mixing = mixing
    options.epochs = epochs
    options.patience = patience
    options.batch = batch
    options.rate = rate
    options.seed = seed
    options.threads = threads
    options.sampleLimit = limitSamples
    options.resumes = resume
    options.output = URL(fileURLWithPath: output)
    let names = dataSets.map { URL(fileURLWithPath: $0).lastPathComponent }
    options.data = data ?? names.joined(separator: ", ")
    options.licence = licence
    options.command = OptionReading.commandLine
    let complaints = try ScaleTraining.run(options, dataSet: dataSets.map { URL(fileURLWithPath: $0) })
    complaints.forEach(StandardError.say)
    print(options.output.path)
  }
}
