// Finds the model that a person names.
import ArgumentParser
import Foundation

/// Names of models on the command line.
enum ModelName {
  /// The file of a model: a path where there is a file or a slash, else the first of that name in `folders`.
  ///
  /// - Throws: a sentence that names the folders when there is none.
  static func find(_ name: String, in folders: [String]) throws -> URL {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
    if name.contains("/") || exists && !isFolder.boolValue { return URL(fileURLWithPath: name) }
    let file = name.hasSuffix(".safetensors") ? name : name + ".safetensors"
    for folder in folders where FileManager.default.fileExists(atPath: folder + "/" + file) {
      return URL(fileURLWithPath: folder + "/" + file)
    }
    throw ValidationError(
      "There is no file \(name), and no model of that name in \(folders.joined(separator: ", ")); "
        + "\"antiphon-train models\" lists those that there are.")
  }
}
