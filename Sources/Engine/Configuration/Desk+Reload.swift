// What the desk takes over when the configuration is read again.

import Improviser

extension Desk {
  /// Takes over the keys in `changed`; everything else stays as the player has set it since. A key that the file names
  /// no more goes back to what the style says. A new style brings all of the file's choices along.
  func take(_ changed: Set<String>, from configuration: Configuration, _ styles: StyleStore) throws {
    let hasStyle = changed.contains("style")
    let style = try styles.style(named: hasStyle ? configuration.answer.style : now.style)
    let wanted = try configuration.settings(style)
    try set { (contents: inout Contents) throws(SettingError) in
      var settings = contents.settings
      if hasStyle {
        settings = try style.applied(to: settings)
        contents.style = style.name
        contents.isChanged = false
      }
      let isMeant = { (name: String, isNamed: Bool) in changed.contains(name) || (hasStyle && isNamed) }
      if isMeant("mode", configuration.answer.mode != nil) { settings.mode = wanted.mode }
      if isMeant("scale", configuration.answer.scale != nil) { settings.scaleRule = wanted.scaleRule }
      for parameter in AnswerSettings.parameters
      where isMeant(parameter.name, configuration.answer.values[parameter.name] != nil) {
        parameter.set(&settings, parameter.get(wanted))
        contents.isChanged = true
      }
      contents.settings = settings
    }
  }
}
