// A style: a named choice of settings.

public import Improviser

/// How answers are to be, by name.
public struct Style: Sendable {
  /// The style that there always is: the settings' defaults.
  public static let standard = Style(name: "balanced", summary: "Plays as it was taught.", values: [])

  /// The name: the file's name without its extension.
  public let name: String
  /// What it is like, in a line.
  public let summary: String
  /// The settings that it names, in the file's spelling of the values.
  let values: [(name: String, text: String)]

  /// What a style changes only when it names it: choices of the moment rather than of taste.
  private static let kept: Set = ["mode", "scale", "thru", "bars", "program", "morph"]

  /// The settings after the style was chosen. What it does not name returns to its default, except for mode, scale,
  /// thru, bars, program and morph, which stay as they are in `current`.
  public func applied(to current: AnswerSettings) throws(SettingError) -> AnswerSettings {
    var settings = AnswerSettings()
    settings.mode = current.mode
    settings.scaleRule = current.scaleRule
    for parameter in AnswerSettings.parameters where Self.kept.contains(parameter.name) {
      parameter.set(&settings, parameter.get(current))
    }
    for (name, text) in values { try settings.set(name: name, text: text) }
    return settings
  }
}
