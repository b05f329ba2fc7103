// The folder into which a command writes several files.
public import Foundation

/// Folders for pictures and tables.
public enum OutputFolder {
  /// Makes the folder where there is none.
  ///
  /// - Throws: `TrainingError` when it cannot be made or written.
  public static func make(_ path: String) throws(TrainingError) -> URL {
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
      throw TrainingError("\(path) is a file; name a folder for the output, or leave out what stands there.")
    }
    do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
      throw TrainingError("Folder \(path) cannot be made (\(error.localizedDescription)); check its permissions.")
    }
    guard access(path, W_OK) == 0 else {
      throw TrainingError("Folder \(path) cannot be written; check its permissions.")
    }
    return url
  }

  /// The stem of each file's name, made different by a number where two would be equal.
  public static func names(of files: [URL]) -> [String] {
    var used: Set<String> = []
    return files.map { file in
      let stem = file.deletingPathExtension().lastPathComponent
      var name = stem
      var number = 2
      while !used.insert(name).inserted {
        name = "\(stem)-\(number)"
        number += 1
      }
      return name
    }
  }
}
