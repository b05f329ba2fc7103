// Redraws the watch picture in place on a terminal.

import Control
import Foundation
import Glibc

/// The terminal on the standard output: draws, follows its size, and leaves it as it was found.
final class LiveTerminal {
  private let output: StandardOutput
  private let hasColours: Bool
  private var drawn = 0
  private var lastSize = (columns: 0, rows: 0)

  /// Nil when the standard output is no terminal that can be redrawn.
  init?(_ output: StandardOutput) {
    let environment = ProcessInfo.processInfo.environment
    guard isatty(STDOUT_FILENO) == 1, environment["TERM"] != "dumb" else { return nil }
    self.output = output
    // https://no-color.org: set and not empty.
    hasColours = (environment["NO_COLOR"] ?? "").isEmpty
    try? output.write("\u{1B}[?25l")
  }

  /// Draws a readout over the last one.
  func draw(_ readout: Readout) throws(OutputError) {
    let size = Self.size
    let isResized = drawn > 0 && size != lastSize
    lastSize = size
    // A resized terminal has wrapped the old lines anew, so where they begin is unknown: start from a clear one.
    var text = isResized ? "\u{1B}[H\u{1B}[2J" : drawn > 0 ? "\r\u{1B}[\(drawn)A" : ""
    let picture = WatchView.lines(readout, width: size.columns, height: size.rows, colours: hasColours)
    let lines = picture.prefix(max(1, size.rows - 1))
    for line in lines { text += "\u{1B}[2K" + line + "\r\n" }
    drawn = lines.count
    try output.write(text)
  }

  /// Shows the cursor again.
  func end() {
    try? output.write("\u{1B}[?25h")
  }

  private static var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
