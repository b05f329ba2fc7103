// Settings and styles as text for people.

/// Writes the settings and the styles as lines.
public enum SettingsText {
  /// The choices, then a line for each setting: name, value, range and what it does.
  public static func lines(_ list: SettingsList) -> [String] {
    let rows = list.settings.map { setting in
      (name: setting.name, value: value(setting), range: range(setting), summary: summary(setting))
    }
    let nameWidth = (rows.map(\.name.count) + [5]).max() ?? 0
    let valueWidth = rows.map(\.value.count).max() ?? 0
    let rangeWidth = rows.map(\.range.count).max() ?? 0
    return choices(list, width: nameWidth + 2)
      + rows.map { row in
        row.name.padded(to: nameWidth + 2) + row.value.padded(to: valueWidth + 2)
          + row.range.padded(to: rangeWidth + 2) + row.summary
      }
  }

  /// Style, mode and scale, a line each.
  public static func choices(_ list: SettingsList) -> [String] { choices(list, width: 7) }

  /// The place of a morph and what moves it; nil when the rule is none.
  public static func morph(_ list: SettingsList) -> String? {
    guard list.scaleRule.split(separator: " ").contains("morph"),
      let setting = list.settings.first(where: { $0.name == "morph" })
    else { return nil }
    return "morph".padded(to: 7) + value(setting) + (setting.controller.map { " [controller \($0)]" } ?? "")
  }

  /// The pattern that answers play in, as a line under the choices.
  public static func pattern(_ name: String) -> String { "now".padded(to: 7) + name }

  private static func choices(_ list: SettingsList, width: Int) -> [String] {
    let style = list.style + (list.isChanged ? " (changed)" : "")
    return [("style", style), ("mode", list.mode), ("scale", list.scaleRule)].map { $0.padded(to: width) + $1 }
  }

  /// One setting as `antiphon set` prints it.
  public static func line(_ setting: SettingsList.Setting) -> String {
    "\(setting.name) is \(value(setting))"
  }

  /// The styles, the current one marked.
  public static func lines(_ list: StyleList) -> [String] {
    let width = list.styles.map(\.name.count).max() ?? 0
    return list.styles.map { style in
      let mark = style.name == list.current ? "* " : "  "
      return mark + style.name.padded(to: width + 2) + (style.problem ?? style.summary) + (style.isOwn ? " (own)" : "")
    }
  }

  private static func value(_ setting: SettingsList.Setting) -> String {
    if setting.unit == "switch" { return setting.value > 0.5 ? "on" : "off" }
    let unit = setting.unit.isEmpty ? "" : " " + setting.unit
    return SettingText.text(setting.value) + unit
  }

  private static func range(_ setting: SettingsList.Setting) -> String {
    if setting.unit == "switch" { return "off, on" }
    return "\(SettingText.text(setting.minimum)) to \(SettingText.text(setting.maximum))"
  }

  private static func summary(_ setting: SettingsList.Setting) -> String {
    setting.summary + (setting.controller.map { " [controller \($0)]" } ?? "")
  }
}
