// Where the user's own files stand, by the base directory specification.

import Foundation

/// The folders for the user's own styles and for what the daemon remembers.
public struct UserFolders: Sendable {
  /// `$XDG_DATA_HOME/antiphon/styles`; nil when neither that variable nor HOME is set.
  public let styles: String?
  /// `$STATE_DIRECTORY` of the service manager, else `$XDG_STATE_HOME/antiphon`; nil when no home is known.
  public let state: String?

  /// - Parameter environment: the variables to look in, by default those of the process.
  public init(environment: [String: String]? = nil) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    // A relative path is to be ignored, says the specification.
    let absolute = { (name: String) in environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let home = absolute("HOME")
    let data = absolute("XDG_DATA_HOME") ?? home.map { $0 + "/.local/share" }
    let state = absolute("XDG_STATE_HOME") ?? home.map { $0 + "/.local/state" }
    styles = data.map { $0 + "/antiphon/styles" }
    self.state = absolute("STATE_DIRECTORY")?.split(separator: ":").first.map(String.init)
      ?? state.map { $0 + "/antiphon" }
  }
}
