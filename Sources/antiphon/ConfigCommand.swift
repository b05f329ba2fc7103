// `antiphon config`: the configuration file of the daemon.

import ArgumentParser
import Control
import Engine

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print the default configuration, check a configuration file, or show its place.",
    discussion: """
      antiphond reads $XDG_CONFIG_HOME/antiphon/config.toml (~/.config/antiphon/config.toml), if it is there, when it \
      starts and on antiphon reload. To begin one: antiphon config default > "$(antiphon config path)".
      """,
    subcommands: [DefaultCommand.self, CheckCommand.self, PathCommand.self])

  struct DefaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "default", abstract: "Print a configuration file with every key, its meaning and its default.")

    func run() throws {
      try ConfigCommand.print(ConfigurationText.standard)
    }
  }

  struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Say what is wrong in a configuration file, with the lines; no daemon is needed.",
      discussion: "The exit code is 1 when something is wrong.")

    @Argument(help: "The file; without it, the one that antiphond reads.", completion: .file(extensions: ["toml"]))
    var file: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
      let check = ConfigurationCheck(ConfigurationFile(given: file))
      try ConfigCommand.print((json ? LineCodec.text(check) : check.lines.joined(separator: "\n")) + "\n")
      if !check.isFine { throw ExitCode.failure }
    }
  }

  struct PathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "path", abstract: "Print where the configuration file is looked for, whether it is there or not.")

    func run() throws {
      guard let path = ConfigurationFile().path else {
        StandardOutput().complain("antiphon: No home folder is known; set HOME or XDG_CONFIG_HOME.")
        throw ExitCode.failure
      }
      try ConfigCommand.print(path + "\n")
    }
  }

  /// Writes to the standard output; a reader that has gone is no error.
  private static func print(_ text: String) throws {
    let output = StandardOutput()
    do throws(OutputError) {
      try output.write(text)
    } catch .readerGone {
      return
    } catch {
      output.complain("antiphon: \(error)")
      throw ExitCode.failure
    }
  }
}
