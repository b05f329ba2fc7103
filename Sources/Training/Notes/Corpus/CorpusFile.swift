// One file of a corpus.

import Foundation

/// A file that was found in a folder of music.
struct CorpusFile: Hashable, Sendable {
  /// What the file's name says about its content.
  enum Kind: Hashable, Sendable {
    case musicXML
    case midi
    case musicNet
    case abc
    /// No music to read notes from: "text", "images", "sound" and so on.
    case other(String)
  }

  let url: URL
  /// The path within the folder that the person named, without a leading "scores/".
  let path: String
  let kind: Kind
  /// The folder's name.
  let source: String
  /// What MusicNet's table says about a file of labels.
  var recording: MusicNetMetadata.Recording?

  /// The first folder of the path; nil for a file that lies in none.
  var subfolder: String? {
    path.contains("/") ? String(path.prefix { $0 != "/" }) : nil
  }

  /// The first folder, or the file's name without its extension.
  var group: String {
    subfolder ?? String(path.prefix(upTo: path.lastIndex(of: ".") ?? path.endIndex))
  }

  /// The path as reports name it.
  var reportName: String { source + "/" + path }

  /// The kind of a file by its name; `folder` is the name of the folder in which it lies.
  static func kind(name: String, in folder: String) -> Kind {
    guard !name.hasPrefix(".") else { return .other("hidden files") }
    guard let dot = name.lastIndex(of: ".") else { return .other("other files") }
    let suffix = name[name.index(after: dot)...].lowercased()
    if suffix == "csv", ["train_labels", "test_labels"].contains(folder) { return .musicNet }
    if let kind = kinds[suffix] { return kind }
    return .other(others.first { $0.value.contains(suffix) }?.key ?? "other files")
  }

  private static let kinds: [String: Kind] = [
    "mid": .midi, "midi": .midi, "mxl": .musicXML, "musicxml": .musicXML, "xml": .musicXML, "abc": .abc,
  ]
  private static let others: [String: Set<String>] = [
    "text and tables": ["txt", "md", "csv", "tsv", "json", "html", "htm", "pdf", "yaml", "yml", "doc", "rtf", "tex"],
    "images": ["png", "jpg", "jpeg", "gif", "svg", "bmp", "tif", "tiff", "webp"],
    "sound": ["wav", "flac", "ogg", "mp3", "aif", "aiff", "m4a", "opus"],
    "video": ["mp4", "avi", "mov", "mkv", "webm"],
    "archives": ["zip", "gz", "tar", "tgz", "7z", "rar", "xz", "bz2"],
    "scores that are not read": ["mscz", "mscx", "ly", "krn", "mei", "sib", "musx", "gp5", "kar"],
  ]
}
