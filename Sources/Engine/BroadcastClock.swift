// Decides which readouts are worth sending.

/// Lets a readout pass when the scale has changed, else at most about twenty a second. Pure: time comes in.
struct BroadcastClock {
  /// Seconds between two readouts without a change.
  static let interval = 0.045
  /// Seconds after which something is sent even when the ear is silent.
  static let heartbeat = 1.0

  private var last = -Double.infinity
  private var lastKey: String?

  /// Whether to send a readout now; `key` tells what must be seen at once when it changes.
  mutating func passes(key: String, at now: Double) -> Bool {
    guard key != lastKey || now - last >= Self.interval else { return false }
    last = now
    lastKey = key
    return true
  }

  /// Lets the next readout pass: somebody new is waiting for one.
  mutating func hurry() { last = -.infinity }

  /// Whether so little was sent lately that the watchers should hear that we live.
  func isDue(at now: Double) -> Bool { now - last >= Self.heartbeat }
}
