// The MIDI file of a take that grows.

import Foundation
import Glibc

/// Replaces the file by a longer one from time to time, so that a complete one stands there at any moment.
struct TakeFile {
  /// The end of its name.
  static let suffix = ".mid"

  /// The path of the file.
  let path: String
  /// Its bytes.
  private(set) var bytes = 0
  private let temporary: String
  private var isThere = false

  /// Writes nothing yet.
  init(folder: RecordingFolder, name: String) {
    path = folder.file(name + Self.suffix)
    temporary = folder.file(".\(getpid())-\(name)\(Self.suffix)")
  }

  /// Makes or replaces the file; the first time, one that stands there is left as it is.
  ///
  /// - Parameter isLasting: waits until the disk has it, so that it survives a power cut.
  mutating func write(_ data: Data, isLasting: Bool) throws(RecordingError) {
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .file(path, reason: Self.reason) }
    let isWritten = Self.write(data, to: file) && (!isLasting || fsync(file) == 0)
    let reason = Self.reason
    guard close(file) == 0, isWritten else {
      unlink(temporary)
      throw .file(path, reason: reason)
    }
    guard moveIntoPlace() else {
      let reason = Self.reason
      unlink(temporary)
      throw .file(path, reason: reason)
    }
    isThere = true
    bytes = data.count
  }

  private func moveIntoPlace() -> Bool {
    if isThere { return rename(temporary, path) == 0 }
    // A link, unlike a new name, is refused where a file stands.
    if link(temporary, path) == 0 {
      unlink(temporary)
      return true
    }
    var status = stat()
    let hasLinks = errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS
    return !hasLinks && lstat(path, &status) != 0 && rename(temporary, path) == 0
  }

  private static func write(_ data: Data, to file: Int32) -> Bool {
    data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }
}
