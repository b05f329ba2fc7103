// What differs between two configurations.

/// The keys whose values differ, by the part that has to obey. A value.
struct ConfigurationChanges {
  /// In the order of the file.
  private(set) var keys: [ConfigurationKey.Part: [ConfigurationKey]] = [:]

  init(from old: Configuration, to new: Configuration) {
    for key in ConfigurationKey.all where key.text(old) != key.text(new) { keys[key.part, default: []].append(key) }
    if old.controllers != new.controllers { keys[.controllers] = [Self.controllers] }
  }

  /// Stands for the whole table of controllers.
  private static let controllers = ConfigurationKey(
    table: ConfigurationKey.controllers, name: ConfigurationKey.controllers, comment: [], part: .controllers,
    noun: "the map of controllers", read: { _, _ throws(ConfigurationKey.BadValue) in }, text: { _ in "as written" })
}
