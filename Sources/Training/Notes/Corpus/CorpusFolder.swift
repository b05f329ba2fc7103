// The files of a folder of music.

import Foundation

/// All files of a folder with its subfolders, in the order in which they are read: by kind, then by path.
struct CorpusFolder: Sendable {
  /// Every file, also those that hold no notes; without the recordings and the table of MusicNet.
  let files: [CorpusFile]
  /// The recordings of MusicNet's labels.
  let sounds: [URL]

  /// Lists the folder at `url`.
  ///
  /// - Throws: `SourceError.missingFolder`, `CorpusError.noScores` when no file is music.
  init(_ url: URL) throws {
    let folder = try MusicFolder(url)
    let source = folder.url.standardizedFileURL.lastPathComponent
    var metadata = MusicNetMetadata()
    var files: [CorpusFile] = []
    var sounds: [URL] = []
    let paths = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    for path in paths {
      let file = url.appending(path: path)
      let folders = path.split(separator: "/")
      guard let name = folders.last, !Self.isFolder(file) else { continue }
      let parent = folders.dropLast().last.map(String.init) ?? source
      if name == MusicNetMetadata.fileName, let data = try? Data(contentsOf: file) {
        metadata = MusicNetMetadata(data)
        continue
      }
      if ["train_data", "test_data"].contains(parent), name.lowercased().hasSuffix(".wav") {
        sounds.append(file)
        continue
      }
      let inner = path.hasPrefix("scores/") ? String(path.dropFirst("scores/".count)) : path
      files.append(
        CorpusFile(
          url: file, path: inner, kind: CorpusFile.kind(name: String(name), in: parent), source: source))
    }
    // The table may stand behind the labels in the listing.
    for index in files.indices where files[index].kind == .musicNet {
      files[index].recording = metadata[files[index].url.deletingPathExtension().lastPathComponent]
    }
    self.files = files.sorted { ($0.kind.rank, $0.path) < ($1.kind.rank, $1.path) }
    self.sounds = sounds.sorted { $0.path < $1.path }
    guard files.contains(where: { $0.kind.isMusic }) else { throw CorpusError.noScores(path: url.path) }
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

extension CorpusFile.Kind {
  /// True for what notes are read from.
  var isMusic: Bool {
    if case .other = self { return false }
    return true
  }

  /// The place in the order of reading.
  fileprivate var rank: Int {
    switch self {
    case .musicXML: 0
    case .midi: 1
    case .musicNet: 2
    case .abc: 3
    case .other: 4
    }
  }
}
