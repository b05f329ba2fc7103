// Where the user's own files stand, by the base directory specification.

import Foundation

/// The folders for the user's own presets and settings and for what the daemon remembers.
public struct UserFolders: Sendable {
  /// `$XDG_DATA_HOME/antiphon`; nil when neither that variable nor HOME is set.
  public let data: String?
  /// `$STATE_DIRECTORY` of the service manager, else `$XDG_STATE_HOME/antiphon`; nil when no home is known.
  public let state: String?
  /// `$XDG_CONFIG_HOME/antiphon`; nil when no home is known.
  public let configuration: String?

  /// - Parameter environment: the variables to look in, by default those of the process.
  public init(environment: [String: String]? = nil) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    // A relative path is to be ignored, says the specification.
    let absolute = { (name: String) in environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let home = absolute("HOME")
    let folder = { (name: String, usual: String) in absolute(name) ?? home.map { $0 + usual } }
    data = folder("XDG_DATA_HOME", "/.local/share").map { $0 + "/antiphon" }
    configuration = folder("XDG_CONFIG_HOME", "/.config").map { $0 + "/antiphon" }
    state = absolute("STATE_DIRECTORY")?.split(separator: ":").first.map(String.init)
      ?? folder("XDG_STATE_HOME", "/.local/state").map { $0 + "/antiphon" }
  }
}
