// The folder in which recordings stand.

import Foundation
import Glibc

/// Makes the folder, measures it, finds free names. Pure but for the file system.
struct RecordingFolder: Equatable {
  /// Its path.
  let path: String

  /// Makes the folder, for its owner alone, and removes what a crash left of a file that was being replaced.
  func prepare() throws(RecordingError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .folder(path, reason: reason(error))
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .folder(path, reason: "it is no folder")
    }
    guard access(path, W_OK | X_OK) == 0 else { throw .folder(path, reason: String(cString: strerror(errno))) }
    sweep()
  }

  /// The bytes of all files in the folder, those in folders below included.
  var bytes: Int {
    let keys: Set<URLResourceKey> = [.isRegularFileKey, .fileSizeKey]
    let root = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let enumerator = FileManager.default.enumerator(at: root, includingPropertiesForKeys: Array(keys))
    guard let files = enumerator else { return 0 }
    var sum = 0
    for case let file as URL in files {
      guard let values = try? file.resourceValues(forKeys: keys), values.isRegularFile == true else { continue }
      sum += values.fileSize ?? 0
    }
    return sum
  }

  /// A name, without its extension, that no recording has yet: the local date and time of day, by which files sort.
  func freeName(at date: Date) throws(RecordingError) -> String {
    let name = Self.name(date)
    // "_" sorts behind the dot of the extension.
    let candidates = [name] + (2..<1000).map { "\(name)_\($0)" }
    let free = candidates.first { name in
      ![".mid", ".flac", ".in.flac"].contains { isThere(name + $0) }
    }
    guard let free else { throw .folder(path, reason: "it holds a thousand recordings named \(name)") }
    return free
  }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// The local date and time of day to the second, such as "2026-11-21 20.15.03".
  private static func name(_ date: Date) -> String {
    var time = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    localtime_r(&time, &parts)
    let numbers = [
      parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
    ].map(Int.init)
    let text = numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }
    return text[..<3].joined(separator: "-") + " " + text[3...].joined(separator: ".")
  }

  private func isThere(_ name: String) -> Bool {
    var status = stat()
    return lstat(file(name), &status) == 0
  }

  /// Temporary files are named after the process that writes them: see `TakeFile`.
  private func sweep() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      guard name.hasPrefix("."), name.hasSuffix(TakeFile.suffix), let dash = name.firstIndex(of: "-"),
        let process = pid_t(name[..<dash].dropFirst()), process > 0
      else { continue }
      let isAlive = kill(process, 0) == 0 || errno == EPERM
      if process == getpid() || !isAlive { unlink(file(name)) }
    }
  }

  private func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    let code = underlying?.domain == NSPOSIXErrorDomain ? underlying?.code : nil
    return code.map { String(cString: strerror(Int32($0))) } ?? "it cannot be made"
  }
}
