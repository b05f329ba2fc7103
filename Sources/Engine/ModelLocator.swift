// Finds the shipped model files at run time.

public import Foundation

/// Looks for a model file where an installation, a build or the user keeps it. Pure but for the file system.
public struct ModelLocator: Sendable {
  /// The classifier that the daemon and `antiphon analyze` use.
  public static let scaleModel = "chromalite.safetensors"

  /// The model of notes that the daemon and `antiphon answer` use.
  public static let noteModel = "notes.safetensors"

  /// The autoencoder over patterns, between which the rule "morph" moves.
  public static let thesaurusModel = "thesaurus.safetensors"

  /// The folders that are searched, best first.
  public let folders: [String]

  /// Works out where to look.
  ///
  /// - Parameter environment: the variables to look in, by default those of the process: `ANTIPHON_MODELS` is a folder,
  ///   or several with colons between them. The user's own models stand in `$XDG_DATA_HOME/antiphon/presets/models`.
  /// - Parameter executable: the program's path, by default this one's. Shipped models are searched in
  ///   `../share/antiphon/presets/models` beside its folder, in `presets/models` of the first folder above it that has
  ///   one (a build in its source tree), and in `antiphon/presets/models` of `$XDG_DATA_DIRS`.
  public init(environment: [String: String]? = nil, executable: String? = nil) {
    folders = PresetFolders(kind: "models", environment: environment, executable: executable).folders.map(\.path)
  }

  /// The path of a model file.
  ///
  /// - Parameter given: the user's `--model`, which is taken as it is; whoever reads it says what is wrong with it.
  /// - Parameter flag: the option by which the user names this model.
  /// - Throws: `ModelNotFound`, which names the places that were searched.
  public func find(
    _ name: String = ModelLocator.scaleModel, given: String? = nil, flag: String = "--model"
  ) throws(ModelNotFound) -> URL {
    if let given { return URL(fileURLWithPath: given) }
    for folder in folders where FileManager.default.fileExists(atPath: folder + "/" + name) {
      return URL(fileURLWithPath: folder + "/" + name)
    }
    throw ModelNotFound(name: name, folders: folders, flag: flag)
  }
}

/// No model file where one could be.
public struct ModelNotFound: Error, Equatable, CustomStringConvertible {
  /// The file's name.
  public let name: String
  /// The folders that were searched.
  public let folders: [String]
  /// The option by which the user names it.
  public var flag = "--model"

  /// One sentence with the remedy.
  public var description: String {
    "The model \(name) was not found in \(folders.joined(separator: ", ")): "
      + "name it with \(flag) FILE, or set ANTIPHON_MODELS to its folder."
  }
}
