// Writes to the standard output and notices when it cannot be written.
import Foundation

/// Why the standard output does not take what is written.
enum OutputError: Error, CustomStringConvertible {
  /// The reader has gone (`antiphon analyze … | head`, a closed terminal), or we were asked to end while it kept us
  /// waiting: no reason to complain.
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
struct StandardOutput {
  /// Makes a vanished reader an error instead of a signal that ends the program.
  init() { signal(SIGPIPE, SIG_IGN) }

  /// Writes one line and its end.
  func line(_ text: String) throws(OutputError) { try write(text + "\n") }

  /// Writes text as it is.
  func write(_ text: String) throws(OutputError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      let code = errno
      if count >= 0 || (code == EINTR && !Interruption.isRaised) { continue }
      let isClosedTerminal = code == EIO && isatty(STDOUT_FILENO) == 1
      if code == EPIPE || code == EINTR || isClosedTerminal { throw .readerGone }
      throw .refused(reason: String(cString: strerror(code)))
    }
  }

  /// Writes one line to the standard error; one that is closed or full is no reason to end.
  func complain(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = bytes.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
