// Finds the SoundFont to play with: the user's choice first, then the system's.
public import Foundation

/// The search for a SoundFont, in this order: the path given (a flag), `$ANTIPHON_SOUNDFONT`,
/// `$XDG_DATA_HOME/soundfonts` (`default.sf3`, `default.sf2`, else the first file by name), Debian's `default-GM`
/// and other systems' `default.sf2`.
///
/// A path that the user named must be good: a bad one is an error, never silently passed over.
public struct SoundFontSearch: Sendable {
  private let environment: [String: String]
  private let root: String

  /// Where distributions keep their default, most specific first.
  static let systemPaths = [
    "/usr/share/sounds/sf3/default-GM.sf3", "/usr/share/sounds/sf2/default-GM.sf2", "/usr/share/soundfonts/default.sf2",
  ]

  /// - Parameters:
  ///   - environment: the process's variables.
  ///   - root: a folder in which the system paths are looked up; for tests.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment, root: String = "") {
    self.environment = environment
    self.root = root
  }

  /// Returns the first SoundFont in the search order, checked.
  ///
  /// - Parameter path: the user's choice, if any; `~` at its start is the home folder.
  public func find(path: String? = nil) throws(SoundFontError) -> SoundFontFile {
    let named = [path, environment["ANTIPHON_SOUNDFONT"]].compactMap { $0 }.first { !$0.isEmpty }
    if let named {
      return try SoundFontFile(contentsOf: URL(fileURLWithPath: (named as NSString).expandingTildeInPath))
    }
    let candidates = userFiles() + Self.systemPaths.map { root + $0 }
    for candidate in candidates where FileManager.default.fileExists(atPath: candidate) {
      return try SoundFontFile(contentsOf: URL(fileURLWithPath: candidate))
    }
    throw .notFound(searched: ["$ANTIPHON_SOUNDFONT"] + [userFolder].compactMap { $0 } + Self.systemPaths)
  }

  private var userFolder: String? {
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/soundfonts" }
    return environment["HOME"].map { $0 + "/.local/share/soundfonts" }
  }

  private func userFiles() -> [String] {
    guard let folder = userFolder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return []
    }
    let fonts = names.filter { ["sf2", "sf3"].contains(($0 as NSString).pathExtension.lowercased()) }.sorted()
    let defaults = ["default.sf3", "default.sf2"].filter(fonts.contains)
    return (defaults + fonts).map { folder + "/" + $0 }
  }
}
