// What a process holds: memory, file descriptors and threads.

import Foundation

/// A look at /proc.
struct ProcessFigures: CustomStringConvertible {
  /// Memory of its own, in kilobytes: what it shares with the audio server comes and goes with that.
  var memory = 0
  var descriptors = 0
  var threads = 0

  init(_ process: Int32) {
    let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    func field(_ name: String) -> Int {
      let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
    memory = field("RssAnon")
    threads = field("Threads")
    descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count) ?? 0
  }

  /// The least of what it holds within a second: a thread that loads a SoundFont comes and goes.
  static func settled(_ process: Int32) -> ProcessFigures {
    var least = ProcessFigures(process)
    for _ in 0..<5 {
      usleep(200_000)
      let now = ProcessFigures(process)
      least.memory = min(least.memory, now.memory)
      least.descriptors = min(least.descriptors, now.descriptors)
      least.threads = min(least.threads, now.threads)
    }
    return least
  }

  var description: String { "\(memory) kB, \(descriptors) descriptors, \(threads) threads" }
}
