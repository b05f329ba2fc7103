// The command antiphon-train notes train.
import ArgumentParser
import Foundation
import Training

/// Trains the note model on prepared notes.
struct NotesTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains the note model and writes it with its card, history and picture.",
    discussion: """
      Ctrl-C ends a training with a checkpoint; --resume and the same options go on and end with the same model. \
      On a shared machine set OPENBLAS_NUM_THREADS=1.
      """)

  @Option(help: "The file that \"notes prepare\" wrote.")
  var data: String

  @Option(name: .shortAndLong, help: "The model file to write; everything else goes beside it.")
  var output = "presets/models/notes.safetensors"

  @Option(help: "Passes over the data.")
  var epochs = 16

  @Option(help: "Passes without improvement before training stops.")
  var patience = 6

  @Option(help: "Sequences side by side.")
  var batch = 64

  @Option(help: "Notes of a window, through which gradients flow back.")
  var window = 64

  @Option(help: "Learning rate at the start; it rises to twice that and falls.")
  var rate = 2e-3

  @Option(help: "Decoupled weight decay.")
  var weightDecay = 1e-2

  @Option(help: "Units of each LSTM layer.")
  var hidden = 256

  @Option(help: "Shares dropped after the embeddings, between the layers and after the top one: 0.1,0.2,0.2.")
  var dropout = "0.1,0.2,0.2"

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "Threads of libtorch.")
  var threads = 1

  @Option(help: "Use only so many sequences of each part of the data.")
  var limitSequences: Int?

  @Flag(help: "Do not transpose in training.")
  var noTransposition = false

  @Flag(help: "Do not halve or double times in training.")
  var noStretching = false

  @Flag(help: "Do not change velocities in training.")
  var noVelocityShift = false

  @Option(help: "Share of the training music in which the scale is not told.")
  var hiddenScales = 0.5

  @Option(help: "The checkpoint file; beside the output by default.")
  var checkpoint: String?

  @Flag(help: "Continue from the checkpoint.")
  var resume = false

  @Option(help: "What the data are, for the model card.")
  var dataName: String?

  @Option(help: "Licence of the data, for the model card.")
  var licence = "not stated"

  func run() throws {
    var options = NoteTrainingOptions()
    options.epochs = epochs
    options.patience = patience
    options.batch = batch
    options.window = window
    options.rate = rate
    options.weightDecay = weightDecay
    options.hidden = hidden
    let shares = dropout.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
    guard shares.count == 3 else {
      throw ValidationError("--dropout is \"\(dropout)\"; give three shares such as 0.1,0.2,0.2.")
    }
    options.setDropout(embedding: shares[0], layer: shares[1], top: shares[2])
    options.seed = seed
    options.threads = threads
    options.sequenceLimit = limitSequences
    options.augmentation.transposes = !noTransposition
    options.augmentation.stretches = !noStretching
    options.augmentation.shiftsVelocity = !noVelocityShift
    options.augmentation.hiddenScales = hiddenScales
    options.checkpoint = checkpoint.map { URL(fileURLWithPath: $0) }
    options.resumes = resume
    options.output = URL(fileURLWithPath: output)
    options.data = dataName ?? URL(fileURLWithPath: data).lastPathComponent
    options.licence = licence
    options.command = OptionReading.commandLine
    let complaints = try NoteTraining.run(
      options, data: URL(fileURLWithPath: data), isInterrupted: { Interruption.isRaised })
    for complaint in complaints { FileHandle.standardError.write(Data((complaint + "\n").utf8)) }
    print(options.output.path)
  }
}
