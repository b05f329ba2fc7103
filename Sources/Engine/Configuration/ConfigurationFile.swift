// The configuration file: where it stands and how it is read.

import Foundation
import Glibc

/// Finds and reads `config.toml`. The file system is looked at in each call.
public struct ConfigurationFile: Sendable {
  /// The file's name in the user's folder.
  public static let name = "config.toml"

  /// Where it stands or would stand; nil when no home is known.
  public let path: String?
  /// Whether the user named it; one that is not there is then an error.
  public let isGiven: Bool

  /// - Parameter given: the path that the user named (`--config`); else `$XDG_CONFIG_HOME/antiphon/config.toml`.
  /// - Parameter environment: the variables to look in, by default those of the process.
  public init(given: String? = nil, environment: [String: String]? = nil) {
    isGiven = given != nil
    let usual = UserFolders(environment: environment).configuration.map { $0 + "/" + Self.name }
    path = given.map { URL(fileURLWithPath: ($0 as NSString).expandingTildeInPath).path } ?? usual
  }

  /// Whether something stands there, be it a link that leads nowhere.
  public var exists: Bool {
    guard let path else { return false }
    var information = stat()
    return lstat(path, &information) == 0 || (errno != ENOENT && errno != ENOTDIR)
  }

  /// What the file says, problems included; nil when there is none.
  ///
  /// - Throws: `ConfigurationError.missing` when the user named a file that is not there.
  public func read() throws(ConfigurationError) -> ConfigurationReading? {
    guard let path, exists else {
      if isGiven, let path { throw .missing(path: path) }
      return nil
    }
    let text = try SmallTextFile.read(path, limit: ConfigurationReading.largestFile) { reason in
      let message = "It cannot be read (\(reason)); correct that, or remove the file."
      return ConfigurationError.problems(path: path, [ConfigurationProblem(line: nil, message: message)])
    }
    return ConfigurationReading(text: text)
  }

  /// What the file says when it is free of mistakes, with problems for the styles, models and SoundFont alone that it
  /// names and that cannot be used; nil when there is none.
  ///
  /// - Throws: `ConfigurationError` when there is a mistake.
  func checked(_ styles: StyleStore) throws(ConfigurationError) -> ConfigurationReading? {
    guard var reading = try read(), let path else { return nil }
    guard reading.problems.isEmpty else { throw .problems(path: path, reading.problems) }
    reading.checkResources(styles: styles)
    return reading
  }
}
