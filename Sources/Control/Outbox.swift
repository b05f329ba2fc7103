// What other threads want the server's thread to send.

/// Broadcasts that wait for the server's thread: the latest readout, and events in order.
struct Outbox: Sendable {
  /// Events beyond this are dropped, oldest first; the server's thread would have to stand still for that.
  static let eventLimit = 256

  private(set) var readout: Readout?
  private(set) var events: [Message] = []
  var isStopping = false

  /// Adds a message; a readout replaces the one that waits.
  mutating func add(_ message: Message) {
    if case .readout(let latest) = message {
      readout = latest
    } else {
      if events.count == Self.eventLimit { events.removeFirst() }
      events.append(message)
    }
  }

  /// Takes everything out.
  mutating func take() -> (readout: Readout?, events: [Message], isStopping: Bool) {
    defer {
      readout = nil
      events = []
    }
    return (readout, events, isStopping)
  }
}
