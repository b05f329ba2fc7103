// The command antiphon-train notes sweep.
import ArgumentParser
import Foundation
import Training

/// Trains a note model with every combination of some options.
struct NotesSweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Trains a note model with every combination of some options and compares them.",
    discussion: """
      antiphon-train notes sweep --data prepared.safetensors --vary hidden=128,256 --vary rate=0.001,0.002 -o sweep

      Widths of layers that differ are joined by plus signs: --vary hidden=256+128,256+256.

      Each combination is a training in its own folder with the model, its card and history. In the folder of the \
      sweep are sweep.csv, sweep.png and sweep.svg. The same command goes on after an interruption and repeats nothing \
      that is done.
      """)

  @Option(help: "An option and its values, such as rate=0.001,0.002; may be repeated.")
  var vary: [String] = []

  @OptionGroup var options: NotesTrainOptions

  func run() throws {
    let plan = try options.plan()
    guard let output = options.output else {
      throw ValidationError("The sweep has no folder; give one with --output.")
    }
    guard plan.options.checkpoint == nil else {
      throw ValidationError("--checkpoint is not for a sweep, which keeps one in each folder; leave it out.")
    }
    guard Int(ProcessInfo.processInfo.environment["WORLD_SIZE"] ?? "1") == 1 else {
      throw ValidationError("A sweep runs in one process; start it without WORLD_SIZE.")
    }
    let sweep: NoteSweep
    do {
      let axes = try vary.map { try SweepAxis($0) }
      sweep = try NoteSweep(axes, base: plan, folder: URL(fileURLWithPath: output, isDirectory: true))
    } catch let error as TrainingError {
      throw ValidationError(error.description)
    }
    if plan.kind == .bidirectionalAttention { StandardError.say(NotesTrainCommand.cannotRunLive) }
    print(try sweep.run(isInterrupted: { Interruption.isRaised }, progress: StandardError.say))
  }
}
