// Finds the shipped model files at run time.

public import Foundation

/// Looks for a model file where an installation, a build or the user keeps it. Pure but for the file system.
public struct ModelLocator: Sendable {
  /// The classifier that the daemon and `antiphon analyze` use.
  public static let scaleModel = "chromalite.safetensors"

  /// The folders that are searched, best first.
  public let folders: [String]

  /// Works out where to look.
  ///
  /// - Parameter environment: the variables to look in, by default those of the process: `ANTIPHON_MODELS` is a folder,
  ///   or several with colons between them.
  /// - Parameter executable: the program's path, by default this one's. Models are searched in
  ///   `../share/antiphon/models` beside its folder, and in `presets/models` of the first folder above it that has one
  ///   (a build in its source tree).
  public init(environment: [String: String]? = nil, executable: String? = nil) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    let link = executable ?? "/proc/self/exe"
    let program = URL(fileURLWithPath: link).resolvingSymlinksInPath()
    var folders = (environment["ANTIPHON_MODELS"] ?? "").split(separator: ":").map(String.init)
    let prefix = program.deletingLastPathComponent().deletingLastPathComponent()
    folders.append(prefix.appendingPathComponent("share/antiphon/models").path)
    if let presets = Self.ancestors(of: program.path).first(where: Self.isFolder) { folders.append(presets) }
    self.folders = folders
  }

  /// The path of a model file.
  ///
  /// - Parameter given: the user's `--model`, which is taken as it is; whoever reads it says what is wrong with it.
  /// - Throws: `ModelNotFound`, which names the places that were searched.
  public func find(_ name: String = ModelLocator.scaleModel, given: String? = nil) throws(ModelNotFound) -> URL {
    if let given { return URL(fileURLWithPath: given) }
    for folder in folders where FileManager.default.fileExists(atPath: folder + "/" + name) {
      return URL(fileURLWithPath: folder + "/" + name)
    }
    throw ModelNotFound(name: name, folders: folders)
  }

  private static func ancestors(of program: String) -> [String] {
    let parts = program.split(separator: "/")
    return (0..<max(1, parts.count)).reversed().map { count in
      ([""] + parts.prefix(count).map(String.init)).joined(separator: "/") + "/presets/models"
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}

/// No model file where one could be.
public struct ModelNotFound: Error, Equatable, CustomStringConvertible {
  /// The file's name.
  public let name: String
  /// The folders that were searched.
  public let folders: [String]

  /// One sentence with the remedy.
  public var description: String {
    "The model \(name) was not found in \(folders.joined(separator: ", ")): "
      + "name it with --model FILE, or set ANTIPHON_MODELS to its folder."
  }
}
