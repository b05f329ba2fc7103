// The commands antiphon-train thesaurus ….
import ArgumentParser

/// Commands about patterns of scales and the model that makes new ones.
struct ThesaurusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "thesaurus",
    abstract: "Patterns of scales after Slonimsky's Thesaurus, and the model that makes new ones.",
    subcommands: [
      ThesaurusPatternsCommand.self, ThesaurusTrainCommand.self, ThesaurusSampleCommand.self,
      ThesaurusReconstructCommand.self, ThesaurusInterpolateCommand.self, ThesaurusGridCommand.self,
      ThesaurusEvaluateCommand.self, ThesaurusNamesCommand.self,
    ])
}
