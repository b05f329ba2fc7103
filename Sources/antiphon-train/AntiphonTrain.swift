// The command antiphon-train: data sets, training and evaluation of Antiphon's models.
import ArgumentParser
import Foundation

/// The root of the commands.
@main
struct AntiphonTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "antiphon-train", abstract: "Makes Antiphon's models from nothing: data sets, training, evaluation.",
    subcommands: [
      NotesCommand.self, ScalesCommand.self, ThesaurusCommand.self, WaveformCommand.self, ModelsCommand.self,
      ExportCommand.self, SeedsCommand.self, BenchmarkCommand.self,
    ])
}

extension AntiphonTrain {
  /// Runs the command that was typed. The exit status of what the person or the system interrupted is 130.
  static func main() {
    do {
      var command = try parseAsRoot()
      do { try command.run() } catch let refusal as ValidationError { refuse(refusal, type(of: command)) }
    } catch {
      guard Interruption.isRaised, !(error is ExitCode) else { exit(withError: error) }
      StandardError.say(message(for: error))
      Foundation.exit(130)
    }
  }

  /// Ends as for an argument that does not parse; of what a command refuses later the library would show the usage of
  /// the root.
  private static func refuse(_ refusal: ValidationError, _ command: any ParsableCommand.Type) -> Never {
    StandardError.say("Error: \(refusal.message)\nUsage: \(usageString(for: command))")
    exit(withError: ExitCode.validationFailure)
  }
}

/// Commands about the model that names scales.
struct ScalesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scales", abstract: "The model that hears scales.",
    subcommands: [GenerateCommand.self, TrainCommand.self, EvaluateCommand.self])
}
