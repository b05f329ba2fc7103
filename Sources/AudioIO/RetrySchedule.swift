// When to try the server again: twice a second while there is none, and once when it keeps refusing or dropping us.

/// Delays between attempts.
///
/// A server that comes back is to be heard within three seconds, of which the opening itself takes up to one on a busy
/// machine. An attempt without a server costs half a millisecond (three with PipeWire). One that drops us at once is
/// given longer, for each life loads a SoundFont.
struct RetrySchedule {
  private static let delays: [Double] = [0, 0.5, 1]
  private static let withoutServer = 0.5
  private var attempt = 0

  /// Seconds to wait before the next attempt: none at first.
  mutating func next() -> Double {
    defer { attempt = min(attempt + 1, Self.delays.count - 1) }
    return Self.delays[attempt]
  }

  /// Seconds to wait when there was no server.
  mutating func nextWithoutServer() -> Double {
    attempt = 1
    return Self.withoutServer
  }

  /// The server proved to be healthy: begin anew.
  mutating func reset() { attempt = 0 }
}
