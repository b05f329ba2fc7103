// The command antiphon-train: data sets, training and evaluation of Antiphon's models.
import ArgumentParser

/// The root of the commands.
@main
struct AntiphonTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "antiphon-train", abstract: "Makes Antiphon's models from nothing: data sets, training, evaluation.",
    subcommands: [
      NotesCommand.self, ScalesCommand.self, WaveformCommand.self, ModelsCommand.self, ExportCommand.self,
      SeedsCommand.self, BenchmarkCommand.self,
    ])
}

/// Commands about the model that names scales.
struct ScalesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scales", abstract: "The model that hears scales.",
    subcommands: [GenerateCommand.self, TrainCommand.self, EvaluateCommand.self])
}
