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
    guard isTerminal else { return write("\(100 * done / max(1, total)) % \(text)\n") }
    write("\r\u{1B}[K" + Self.line(done, of: total, text, width: Self.terminalWidth))
  }

  /// A bar as wide as there is room for, none where there is little, and the text cut to the width: what wraps could not
  /// be redrawn in place.
  static func line(_ done: Int, of total: Int, _ text: String, width: Int) -> String {
    let cells = min(20, width - text.count - 4)
    return String(((cells >= 4 ? bar(done, of: total, cells: cells) + " " : "") + text).prefix(max(1, width - 1)))
  }

  private static var terminalWidth: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  /// Ends the line of the bar, if there is one, with a whole line.
  func finish(_ text: String) { write((isTerminal ? "\r\u{1B}[K" : "") + text + "\n") }

  /// The share that is done in `cells` cells.
  static func bar(_ done: Int, of total: Int, cells: Int = 20) -> String {
    let full = total > 0 ? min(cells, max(0, cells * done / total)) : 0
    return "[" + String(repeating: "█", count: full) + String(repeating: "·", count: cells - full) + "]"
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
