// How far a job has come, on standard error.
import Foundation

/// Shows a line in place on a terminal, else once in ten seconds.
struct JobProgress {
  private let isTerminal = isatty(2) == 1
  private var last: ContinuousClock.Instant?

  /// Shows `text` when it is time, and always when it is the last.
  mutating func show(_ text: String, isLast: Bool = false) {
    let now = ContinuousClock.now
    if let last, !isLast, now - last < .seconds(isTerminal ? 0.2 : 10) { return }
    last = now
    let line = isTerminal ? "\r\u{1B}[K" + text + (isLast ? "\n" : "") : text + "\n"
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }
}
