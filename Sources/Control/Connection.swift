// One client as the server sees it: what it has sent so far and what it has yet to read.

import Glibc

/// The server's end of a connection. Only the server's thread touches it.
struct Connection {
  /// What became of an attempt to write or read.
  enum Outcome {
    case open
    case ended
  }

  let descriptor: Int32
  /// Whether readouts are wanted.
  var isWatching = false
  /// Whether notes and phrases are wanted too.
  var isWatchingNotes = false
  /// Set when the client is gone; the server then closes the descriptor.
  var hasEnded = false
  /// When the connection is closed at the latest; set once the client has been told why.
  private(set) var deadline: Double?

  private var input = LineBuffer()
  private var output: [UInt8] = []
  private var sent = 0
  /// The readout that waits for room. A newer one takes its place: a slow reader misses some, but reads the latest.
  private var readout: [UInt8]?
  private var stalledSince: Double?
  private let queueLimit: Int

  init(descriptor: Int32, queueLimit: Int) {
    self.descriptor = descriptor
    self.queueLimit = queueLimit
  }

  /// Whether something waits to be written.
  var hasOutput: Bool { sent < output.count || readout != nil }
  /// Whether the connection is being ended.
  var isClosing: Bool { deadline != nil }

  /// Whether this client gets an event.
  func wants(_ event: Message) -> Bool { event.isForNoteWatchers ? isWatchingNotes : isWatching }

  /// Seconds for which the client has not taken a byte; 0 when nothing waits.
  func stalled(at now: Double) -> Double { stalledSince.map { now - $0 } ?? 0 }

  /// Queues a line that must arrive; false when the queue is full, which makes the client a slow reader.
  mutating func queue(_ line: [UInt8], at now: Double) -> Bool {
    guard !isClosing else { return true }
    guard output.count - sent + line.count <= queueLimit else { return false }
    output += line
    if stalledSince == nil { stalledSince = now }
    return true
  }

  /// Offers a line that the next one may replace.
  mutating func offer(_ line: [UInt8], at now: Double) {
    guard !isClosing else { return }
    readout = line
    if stalledSince == nil { stalledSince = now }
  }

  /// Says a last line and ends the connection when it is read, or after `patience` seconds.
  ///
  /// What waits is forgotten, except for the rest of a line that has partly gone out.
  mutating func end(saying line: [UInt8]?, at now: Double, patience: Double = 5) {
    guard !isClosing else { return }
    let rest = output[sent...]
    let isMidLine = sent > 0 && output[sent - 1] != UInt8(ascii: "\n")
    let remainder = isMidLine ? rest.prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")] : []
    output = Array(remainder) + (line ?? [])
    sent = 0
    readout = nil
    deadline = now + patience
  }

  /// Writes as much as the client takes.
  mutating func flush(at now: Double) -> Outcome {
    while hasOutput {
      if sent == output.count, let next = readout {
        output = next
        sent = 0
        readout = nil
      }
      let count = output.withUnsafeBytes { bytes in
        send(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
        stalledSince = now
      } else if count < 0 && errno == EINTR {
        continue
      } else if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) {
        compact()
        return .open
      } else {
        return .ended
      }
    }
    output.removeAll(keepingCapacity: true)
    sent = 0
    stalledSince = nil
    return isClosing ? .ended : .open
  }

  /// Reads what the client has sent and hands over its lines.
  mutating func receive(into buffer: UnsafeMutableRawBufferPointer, _ body: (LineBuffer.Item) -> Void) -> Outcome {
    // One block a turn, so that a client that never pauses can't keep the others waiting.
    let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
    if count > 0 {
      input.append(buffer[..<count], body)
      return .open
    }
    let mayContinue = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
    return mayContinue ? .open : .ended
  }

  private mutating func compact() {
    // The sent part is dropped, but for its last byte, which tells whether a line is under way.
    guard sent > 4096 else { return }
    output.removeFirst(sent - 1)
    sent = 1
  }
}
