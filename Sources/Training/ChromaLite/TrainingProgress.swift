// Progress on standard error: a bar that redraws itself on a terminal, plain lines elsewhere.
import Foundation

/// Shows how far one epoch is. For one thread.
struct TrainingProgress {
  private let isTerminal: Bool
  private let interval: Duration
  private var lastShown: ContinuousClock.Instant?

  init(isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
    self.isTerminal = isTerminal
    interval = isTerminal ? .milliseconds(200) : .seconds(30)
  }

  /// Shows `text` behind a bar of `done` of `total`, but not more often than is readable.
  mutating func show(_ done: Int, of total: Int, _ text: String) {
    let now = ContinuousClock.now
    if let lastShown, now - lastShown < interval { return }
    // A file or a pipe gets its first line after the first interval and not at once.
    let isFirst = lastShown == nil
    lastShown = now
    if isFirst && !isTerminal { return }
    write(isTerminal ? "\r\u{1B}[K\(Self.bar(done, of: total)) \(text)" : "\(100 * done / max(1, total)) % \(text)\n")
  }

  /// Ends the line of the bar, if there is one, with a whole line.
  func finish(_ text: String) { write((isTerminal ? "\r\u{1B}[K" : "") + text + "\n") }

  /// Twenty cells.
  static func bar(_ done: Int, of total: Int) -> String {
    let cells = total > 0 ? min(20, max(0, 20 * done / total)) : 0
    return "[" + String(repeating: "█", count: cells) + String(repeating: "·", count: 20 - cells) + "]"
  }

  /// "1:05:09" or "2:07".
  static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "–" }
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let tail = (rest < 10 ? "0" : "") + "\(rest)"
    return hours > 0 ? "\(hours):" + (minutes < 10 ? "0" : "") + "\(minutes):\(tail)" : "\(minutes):\(tail)"
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
