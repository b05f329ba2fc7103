// The command antiphon-train notes train.
import ArgumentParser
import Foundation
import Torch
import Training

/// Trains a note model on prepared notes.
struct NotesTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains a note model and writes it with its card, history and pictures.",
    discussion: """
      lstm              The model that answers live.
      seed-lstm         Whole notes and chords as words, without rhythm.
      bilstm-attention  Analysis and infilling; it cannot run live.
      transformer       Attention over the past, with relative positions.
      regression        The pitch as a number: the lesson that it fails.
      musicnet-lstm     Pitch, step and duration from one LSTM.

      An option that the model does not have is refused. Defaults depend on the model; --print-config shows them.
      Ctrl-C ends a training with a checkpoint; --resume and the same options go on and end with the same model.
      On a shared machine set OPENBLAS_NUM_THREADS=1.
      """)

  @OptionGroup var options: NotesTrainOptions

  @Option(help: "Processes of this machine that train together, at most one a core.")
  var ranks = 1

  @Option(help: "Where to compute: cpu, cuda or cuda:N.")
  var device = "cpu"

  @Flag(help: "Continue from the checkpoint.")
  var resume = false

  @Flag(help: "Print the options with their values as a TOML file for --config, and train nothing.")
  var printConfig = false

  func run() throws {
    var plan = try options.plan()
    if printConfig {
      print(NoteTrainingText.text(plan), terminator: "")
      return
    }
    plan = try plan.finished()
    plan.options.resumes = resume
    let environment = ProcessInfo.processInfo.environment
    try TorchDevice.use(device, environment: environment)
    if LocalRanks.areNeeded(ranks, environment: environment) { throw ExitCode(try LocalRanks(count: ranks).run()) }
    TorchRuntime.tune()
    let group = try ProcessGroup.join(environment: environment)
    if plan.kind == .bidirectionalAttention, (group?.rank ?? 0) == 0 { StandardError.say(Self.cannotRunLive) }
    var wasInterrupted = false
    let complaints: [String]
    do {
      complaints = try plan.train(group: group) {
        wasInterrupted = Interruption.isRaised
        return wasInterrupted
      }
    } catch {
      // One process a machine says that all were interrupted.
      if wasInterrupted, Int(environment["LOCAL_RANK"] ?? "0") != 0 { throw ExitCode.failure }
      throw error
    }
    for complaint in complaints { StandardError.say(complaint) }
    if (group?.rank ?? 0) == 0 { print(plan.options.output.relativePath) }
  }

  /// What is said before such a training.
  static let cannotRunLive =
    "A bilstm-attention model hears what comes after a note too: it is for analysis and infilling and cannot run live."
}
