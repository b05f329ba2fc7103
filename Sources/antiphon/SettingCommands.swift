// `antiphon set`, `settings`, `style` and `mode`: the settings of the answering side.

import ArgumentParser
import Control

struct SetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change a setting; the next note obeys.",
    discussion: "antiphon settings lists the names and their ranges. Switches take on and off.")

  @Argument(help: "The setting, such as temperature.", completion: .list(Completions.settings))
  var name: String

  // Without this an argument such as -12 would be taken for an option.
  @Argument(
    parsing: .allUnrecognized, help: "The value: a number, on, off, or a word.", completion: Completions.settingValue)
  var value: [String]

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let text = value.joined(separator: " ")
    try Conversation.run(socket, .set(name: name, value: text)) { reply in
      try Conversation.settings(reply, json: json) { list in
        let setting = list.settings.first { $0.name == name.lowercased() }
        return setting.map { [SettingsText.line($0)] } ?? SettingsText.choices(list)
      }
    }
  }
}

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "Show all settings with their ranges and controllers.")

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try Conversation.run(socket, .settings) { reply in
      try Conversation.settings(reply, json: json, lines: SettingsText.lines)
    }
  }
}

struct StyleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "style", abstract: "Choose a style, or list the styles.",
    discussion: """
      Own styles are files NAME.toml in $XDG_DATA_HOME/antiphon/presets/styles \
      (~/.local/share/antiphon/presets/styles): a summary and any settings, one a line, such as temperature = 1.2.
      """)

  @Argument(help: "The style; without it all are listed.", completion: Completions.style)
  var name: String?

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try Conversation.run(socket, name.map { .style(name: $0) } ?? .styles) { reply in
      switch reply {
      case .styles(let list): return json ? [LineCodec.text(list)] : SettingsText.lines(list)
      default: return try Conversation.settings(reply, json: json)
      }
    }
  }
}

struct ModeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mode", abstract: "Choose what is done with what you play: answer, accompany or listen.",
    discussion: """
      answer: each phrase is answered when it is over. accompany: chords and a bass line sound while you play. listen: \
      phrases are heard and remembered, nothing sounds. Without a mode the present one is shown.
      """)

  @Argument(help: "answer, accompany or listen.", completion: .list(Completions.modes))
  var mode: String?

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try Conversation.run(socket, mode.map { .mode($0) } ?? .settings) { try Conversation.settings($0, json: json) }
  }
}
