// Files of scores that are there whole or not at all.
import Foundation

/// Why a file of patterns is not written, in one sentence.
public struct ScoreFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String
}

/// Writes a file beside its name and renames it when it is complete.
enum WholeFile {
  /// Replaces the file at `url`; a link is followed, a folder or a device is refused.
  static func write(_ data: Data, to url: URL) throws(ScoreFileError) {
    try check(url)
    let target = url.resolvingSymlinksInPath()
    let partial = partialURL(for: target)
    do { try data.write(to: partial) } catch {
      try? FileManager.default.removeItem(at: partial)
      throw ScoreFileError(
        description: "\(url.path) cannot be written (\(error.localizedDescription)); choose another place.")
    }
    guard rename(partial.path, target.path) == 0 else {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(at: partial)
      throw ScoreFileError(description: "\(url.path) cannot be written (\(reason)); choose another place.")
    }
  }

  /// Whether a file could be written at `url`, as far as can be told beforehand.
  static func check(_ url: URL) throws(ScoreFileError) {
    let folder = url.resolvingSymlinksInPath().deletingLastPathComponent().path
    var information = stat()
    guard stat(folder, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
      throw ScoreFileError(
        description: "\(url.path) cannot be written: there is no folder \(folder); make it first, or choose another "
          + "place.")
    }
    if stat(url.path, &information) == 0, information.st_mode & S_IFMT != S_IFREG {
      throw ScoreFileError(
        description: "\(url.path) cannot be written: it is a folder or a device; give the name of a file.")
    }
    guard access(folder, W_OK) == 0 else {
      throw ScoreFileError(
        description: "\(url.path) cannot be written (\(String(cString: strerror(errno)))); choose another place.")
    }
  }
}
