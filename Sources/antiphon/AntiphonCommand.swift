// The command line tool: one subcommand a task.

import ArgumentParser
import Engine

@main
struct AntiphonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "antiphon",
    abstract: "Hears the scale that an instrument plays in.",
    version: antiphonVersion,
    subcommands: [WatchCommand.self, StatusCommand.self, AnalyzeCommand.self])
}
