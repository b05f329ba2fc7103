// Writes lines to the standard output and notices when they cannot be written.
import Foundation

/// Why the standard output does not take what is written.
enum OutputError: Error, CustomStringConvertible {
  /// The reader has gone (`antiphon analyze … | head`): no reason to complain.
  case readerGone
  /// The device refuses, for instance because it is full; `reason` is the system's own word.
  case refused(reason: String)

  var description: String {
    switch self {
    case .readerGone: "The reader of the output has gone."
    case .refused(let reason):
      "The results cannot be written to the standard output (\(reason)); write them to another place."
    }
  }
}

/// The standard output without buffering: an error belongs to the line that met it.
struct AnalyzeOutput {
  /// Makes a vanished reader an error instead of a signal that ends the program.
  init() { signal(SIGPIPE, SIG_IGN) }

  /// Writes one line and its end.
  func line(_ text: String) throws(OutputError) {
    let bytes = Array((text + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        write(STDOUT_FILENO, all.baseAddress?.advanced(by: written), all.count - written)
      }
      if count > 0 { written += count }
      if count >= 0 || errno == EINTR { continue }
      throw errno == EPIPE ? .readerGone : .refused(reason: String(cString: strerror(errno)))
    }
  }

  /// Writes one line to the standard error.
  func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
