// The commented default of the configuration file.

import Improviser

/// Writes the file that `antiphon config default` prints: every key with what it does and its default, as a comment.
public enum ConfigurationText {
  /// The whole text. It is generated from the keys and the defaults, so that it is never out of date.
  public static var standard: String {
    var lines = opening
    for table in ConfigurationKey.tables {
      lines += ["", "[\(table)]"]
      if table == ConfigurationKey.controllers { lines += controllers }
      for key in ConfigurationKey.all where key.table == table {
        lines += key.comment.map { "# " + $0 }
        lines += ["#\(key.name) = \(key.text(defaults) ?? "")", ""]
      }
      if lines.last == "" { lines.removeLast() }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The defaults, the choices included that are the style's as long as nobody makes them.
  static var defaults: Configuration {
    var configuration = Configuration()
    let settings = AnswerSettings()
    configuration.answer.mode = settings.mode
    configuration.answer.scale = settings.scaleRule
    for parameter in AnswerSettings.parameters { configuration.answer.values[parameter.name] = parameter.get(settings) }
    return configuration
  }

  private static let opening = [
    "# The configuration of antiphond, in TOML: ~/.config/antiphon/config.toml ($XDG_CONFIG_HOME).",
    "#",
    "# Lines that begin with # and a name show the defaults; take the # away to change one. Options on the command",
    "# line go before this file. antiphon config check says what is wrong in it, antiphon reload lets a running daemon",
    "# read it again. Texts stand in quotation marks, paths begin with / or ~.",
  ]

  private static let controllers = [
    "# Which MIDI controllers change a setting, by number (0 to 127), for instance",
    "#     temperature = 21",
    "#     density = [22, 23]",
    "# Besides the settings there are answer (the phrase is answered now) and panic. What stands here goes before what",
    "# antiphon learn has kept.",
  ]
}
