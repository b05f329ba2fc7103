// How much of a core the calling thread uses.

import Control
import Glibc

/// Compares the thread's processor time with the time that passed. One thread owns a meter.
struct LoadMeter {
  private let period: Double
  private var lastWall = MonotonicTime.now
  private var lastUsed = LoadMeter.used

  /// - Parameter period: seconds between two results.
  init(period: Double) {
    self.period = period
  }

  /// The share of a core since the last result, once in a period; else nil.
  mutating func tick() -> Double? {
    let wall = MonotonicTime.now
    guard wall - lastWall >= period else { return nil }
    let used = Self.used
    defer {
      lastWall = wall
      lastUsed = used
    }
    return (used - lastUsed) / (wall - lastWall)
  }

  private static var used: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
