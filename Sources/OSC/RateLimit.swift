// A bound on how often something may happen.

/// A token bucket: `burst` at once, then `perSecond`.
struct RateLimit {
  private let perSecond: Double
  private let burst: Double
  private var tokens: Double
  private var last: Double

  init(perSecond: Double, burst: Double, at now: Double) {
    self.perSecond = perSecond
    self.burst = burst
    tokens = burst
    last = now
  }

  /// Whether it may happen now; then it counts. Times are seconds by one clock.
  mutating func allows(at now: Double) -> Bool {
    tokens = min(burst, tokens + max(0, now - last) * perSecond)
    last = now
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
