// Where presets stand: trained models and styles.

import Foundation

/// The folders in which an installation, a build or the user keeps presets of a kind. Pure but for the file system.
struct PresetFolders {
  /// The folders that are searched, best first.
  let folders: [String]

  /// Works out where to look.
  ///
  /// - Parameter kind: `models` or `styles`. Searched are the folders in `ANTIPHON_MODELS` or `ANTIPHON_STYLES`
  ///   (several with colons between them), `../share/antiphon/models` beside the program's folder, and
  ///   `presets/models` of the first folder above it that has one (a build in its source tree).
  init(kind: String, environment: [String: String]?, executable: String?) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    let program = URL(fileURLWithPath: executable ?? "/proc/self/exe").resolvingSymlinksInPath()
    var folders = (environment["ANTIPHON_" + kind.uppercased()] ?? "").split(separator: ":").map(String.init)
    let prefix = program.deletingLastPathComponent().deletingLastPathComponent()
    folders.append(prefix.appendingPathComponent("share/antiphon/" + kind).path)
    let above = Self.ancestors(of: program.path).map { $0 + "/presets/" + kind }
    if let presets = above.first(where: Self.isFolder) { folders.append(presets) }
    self.folders = folders
  }

  private static func ancestors(of program: String) -> [String] {
    let parts = program.split(separator: "/")
    return (0..<max(1, parts.count)).reversed().map { count in
      ([""] + parts.prefix(count).map(String.init)).joined(separator: "/")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
