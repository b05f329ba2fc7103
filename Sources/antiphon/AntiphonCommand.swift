// The command line tool: one subcommand a task.

import ArgumentParser
import Engine

@main
struct AntiphonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "antiphon",
    abstract: "Hears the scale that an instrument plays in, and answers what you play on a keyboard.",
    version: antiphonVersion,
    subcommands: [
      WatchCommand.self, StatusCommand.self, SettingsCommand.self, SetCommand.self, StyleCommand.self, ModeCommand.self,
      ScaleCommand.self, LearnCommand.self, ForgetCommand.self, ReplyCommand.self, PanicCommand.self,
      RecordCommand.self, WebCommand.self, ConfigCommand.self, ReloadCommand.self, AnswerCommand.self,
      AnalyzeCommand.self,
    ])
}
