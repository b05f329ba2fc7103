// How far a long job has come, on standard error.
import Foundation

/// Shows samples done, samples a second and time left: in place on a terminal, else a line every half minute.
struct ProgressLine {
  private let total: Int
  private let isTerminal = isatty(2) == 1
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  init(total: Int) {
    self.total = total
  }

  mutating func show(_ done: Int) {
    let now = ContinuousClock.now
    let isDone = done == total
    guard isDone || now - last > .seconds(isTerminal ? 0.5 : 30) else { return }
    last = now
    let text = Self.text(done: done, total: total, seconds: (now - start) / .seconds(1))
    let line = isTerminal ? "\r\u{1B}[K" + text + (isDone ? "\n" : "") : text + "\n"
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }

  static func text(done: Int, total: Int, seconds: Double) -> String {
    let rate = Double(done) / max(seconds, 1e-6)
    let left = Int((Double(total - done) / max(rate, 1e-6)).rounded())
    let time = String(format: "%d:%02d:%02d", left / 3600, left / 60 % 60, left % 60)
    return "\(done) of \(total) samples, \(String(format: "%.1f", rate)) a second, \(time) left"
  }
}
