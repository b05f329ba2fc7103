// The commands about the model that answers.
import ArgumentParser

/// Commands about the note model.
struct NotesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes", abstract: "The model that answers.",
    subcommands: [
      NotesPrepareCommand.self, NotesTrainCommand.self, NotesSweepCommand.self, NotesEvaluateCommand.self,
      NotesGenerateCommand.self, NotesInfillCommand.self, NotesPicturesCommand.self,
    ])
}
