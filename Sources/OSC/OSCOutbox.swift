// What other threads want the OSC thread to send.

import Control

/// Messages that wait for the OSC thread: the latest readout, and the others in order.
struct OSCOutbox: Sendable {
  /// Messages beyond this are dropped, oldest first; the OSC thread would have to stand still for that.
  static let limit = 1024

  /// The reply to a request that took a while.
  struct LateReply: Sendable {
    let message: Message
    /// What was asked, as an OSC address.
    let path: String
    /// Who asked.
    let sender: SocketAddress
  }

  private(set) var readout: Readout?
  private(set) var messages: [Message] = []
  /// At most one: one such request is carried out at a time.
  var reply: LateReply?
  var isStopping = false

  /// Adds a message; a readout replaces the one that waits.
  mutating func add(_ message: Message) {
    if case .readout(let latest) = message {
      readout = latest
      return
    }
    if messages.count == Self.limit { messages.removeFirst() }
    messages.append(message)
  }

  /// Takes everything out, the readout last.
  mutating func take() -> (messages: [Message], reply: LateReply?, isStopping: Bool) {
    defer { (readout, messages, reply) = (nil, [], nil) }
    return (messages + (readout.map { [.readout($0)] } ?? []), reply, isStopping)
  }
}
