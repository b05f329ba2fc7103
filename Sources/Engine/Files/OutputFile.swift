// Files that are there whole or not at all.

import AudioFile
public import Foundation
import Glibc

/// Writes files through a temporary neighbour, so that a failure leaves what stood there before.
public enum OutputFile {
  /// Replaces the file at `path` by `data`.
  public static func write(_ data: Data, to path: String) throws(OutputFileError) {
    try replace(path) { temporary throws(OutputFileError) in
      guard let file = fopen(temporary, "wx") else { throw .unwritable(path, reason: systemReason) }
      let written = data.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
      let isWhole = written == data.count && fflush(file) == 0 && fsync(fileno(file)) == 0
      let reason = systemReason
      guard fclose(file) == 0, isWhole else { throw .unwritable(path, reason: reason) }
    }
  }

  /// Replaces the file at `path` by a WAV of 16 bits; `samples` are mono, 1 is full scale.
  public static func write(_ samples: [Float], rate: Double, to path: String) throws(OutputFileError) {
    try replace(path) { temporary throws(OutputFileError) in
      do throws(SoundFileError) {
        try SoundFileWriter.write(samples, rate: rate, to: temporary)
      } catch {
        guard case .unwritable(_, let reason) = error else { throw .unwritable(path, reason: "\(error)") }
        throw .unwritable(path, reason: reason)
      }
    }
  }

  /// Lets `body` write a temporary file, which then takes the place of `path`.
  public static func replace(
    _ path: String, _ body: (_ temporary: String) throws(OutputFileError) -> Void
  ) throws(OutputFileError) {
    try check(path)
    let url = URL(fileURLWithPath: path)
    // A link is followed, so that it stays a link; the extension is kept, for some writers go by it.
    let target = url.resolvingSymlinksInPath()
    let name = ".\(getpid())-\(target.lastPathComponent)"
    let temporary = target.deletingLastPathComponent().appendingPathComponent(name).path
    unlink(temporary)
    do throws(OutputFileError) {
      try body(temporary)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target.path) == 0 else {
      let reason = systemReason
      unlink(temporary)
      throw .unwritable(path, reason: reason)
    }
  }

  /// Whether a file could be written at `path`, as far as can be told beforehand.
  public static func check(_ path: String) throws(OutputFileError) {
    let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
    var information = stat()
    guard stat(folder, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
      throw .noFolder(path, folder: folder)
    }
    if stat(path, &information) == 0, information.st_mode & S_IFMT != S_IFREG { throw .notAFile(path) }
    guard access(folder, W_OK) == 0 else { throw .unwritable(path, reason: systemReason) }
  }

  /// Whether two paths name the same file, through links as well.
  public static func isSame(_ first: String, _ second: String) -> Bool {
    var (one, other) = (stat(), stat())
    if stat(first, &one) == 0, stat(second, &other) == 0 {
      return one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }
    let path = { (text: String) in URL(fileURLWithPath: text).resolvingSymlinksInPath().standardizedFileURL.path }
    return path(first) == path(second)
  }

  private static var systemReason: String { String(cString: strerror(errno)) }
}

/// A file that cannot be written.
public enum OutputFileError: Error, Hashable, CustomStringConvertible {
  /// Its folder does not exist.
  case noFolder(String, folder: String)
  /// Something that is no ordinary file stands there.
  case notAFile(String)
  /// The system refuses; its reason.
  case unwritable(String, reason: String)
  /// It is what is to be read.
  case isInput(String)

  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .noFolder(let path, let folder):
      "\(path) cannot be written: there is no folder \(folder); make it first, or choose another place."
    case .notAFile(let path):
      "\(path) cannot be written: it is a folder or a device; give the name of a file."
    case .unwritable(let path, let reason):
      "\(path) cannot be written (\(reason)); choose another place."
    case .isInput(let path):
      "\(path) is the file that is read, and would be lost; give the result another name."
    }
  }
}
