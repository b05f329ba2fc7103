// Where presets stand: trained models and styles.

import Foundation

/// The folders in which the user, an installation or a build keeps presets of a kind. Pure but for the file system.
struct PresetFolders {
  /// A place to look in.
  struct Folder: Equatable {
    let path: String
    /// Whether it is the user's own.
    var isOwn = false
  }

  /// The folders that are searched, best first.
  let folders: [Folder]

  /// Works out where to look.
  ///
  /// - Parameter kind: `models` or `styles`. Searched are, in this order, the folders in `ANTIPHON_MODELS` or
  ///   `ANTIPHON_STYLES` (several with colons between them); the user's `$XDG_DATA_HOME/antiphon/presets/models`;
  ///   `../share/antiphon/presets/models` beside the program's folder (an installation); `presets/models` of the first
  ///   folder above it that has one (a build in its source tree); `antiphon/presets/models` in each `$XDG_DATA_DIRS`.
  init(kind: String, environment: [String: String]?, executable: String?) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    let program = URL(fileURLWithPath: executable ?? "/proc/self/exe").resolvingSymlinksInPath()
    let presets = "/antiphon/presets/" + kind
    var folders = Self.list(environment["ANTIPHON_" + kind.uppercased()] ?? "").map { Folder(path: $0) }
    if let data = UserFolders(environment: environment).data {
      folders.append(Folder(path: data + "/presets/" + kind, isOwn: true))
    }
    let prefix = program.deletingLastPathComponent().deletingLastPathComponent()
    folders.append(Folder(path: prefix.appendingPathComponent("share").path + presets))
    let above = Self.ancestors(of: program.path).map { $0 + "/presets/" + kind }
    if let built = above.first(where: Self.isFolder) { folders.append(Folder(path: built)) }
    let system = environment["XDG_DATA_DIRS"].flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/local/share:/usr/share"
    for path in Self.list(system) where path.hasPrefix("/") {
      let folder = Folder(path: (path.hasSuffix("/") ? String(path.dropLast()) : path) + presets)
      if !folders.contains(where: { $0.path == folder.path }) { folders.append(folder) }
    }
    self.folders = folders
  }

  private static func list(_ text: String) -> [String] { text.split(separator: ":").map(String.init) }

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
