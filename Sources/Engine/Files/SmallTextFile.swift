// Reads small files of text that people write by hand.

import Foundation
import Glibc

/// Refuses what is no ordinary small file: folders, devices and pipes would block or fill the memory.
package enum SmallTextFile {
  /// The text of the file at `path`, of at most `limit` bytes; otherwise throws what `error` makes of the reason.
  package static func read<Failure: Error>(
    _ path: String, limit: Int, _ error: (_ reason: String) -> Failure
  ) throws(Failure) -> String {
    var information = stat()
    guard stat(path, &information) == 0 else { throw error(String(cString: strerror(errno)).lowercased()) }
    guard information.st_mode & S_IFMT == S_IFREG else { throw error("it is no ordinary file") }
    guard information.st_size <= limit else { throw error("it is larger than \(limit) bytes") }
    guard let data = FileManager.default.contents(atPath: path) else { throw error("it may not be read") }
    // A zero byte would end the text for a parser in C, and hide the rest.
    guard !data.contains(0), let text = String(data: data, encoding: .utf8) else { throw error("it is no UTF-8 text") }
    return text
  }
}
