// The files of a folder.

import Foundation

/// A folder that is searched with all its subfolders.
struct MusicFolder {
  let url: URL

  /// The folder at `url`.
  init(_ url: URL) throws(SourceError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw SourceError.missingFolder(path: url.path)
    }
    self.url = url
  }

  /// The paths, relative to the folder and sorted, of the files whose names end in one of `extensions`.
  func files(_ extensions: [String]) throws(SourceError) -> [String] {
    let all = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    let files = all.filter { path in extensions.contains { path.hasSuffix("." + $0) } }.sorted()
    guard !files.isEmpty else {
      throw SourceError.emptyFolder(path: url.path, kind: extensions.map { "." + $0 }.joined(separator: " or "))
    }
    return files
  }
}
