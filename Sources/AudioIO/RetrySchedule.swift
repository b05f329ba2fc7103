// When to try the server again: at once, then after 1, 2, 5, 5, … seconds.

/// Delays between attempts.
struct RetrySchedule {
  private static let delays: [Double] = [0, 1, 2, 5]
  private var attempt = 0

  /// Seconds to wait before the next attempt.
  mutating func next() -> Double {
    defer { attempt = min(attempt + 1, Self.delays.count - 1) }
    return Self.delays[attempt]
  }

  /// The server proved to be healthy: begin anew.
  mutating func reset() { attempt = 0 }
}
