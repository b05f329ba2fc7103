// Cuts a stream of bytes into lines with a cap on their length.

/// Collects bytes until a newline comes. A line over the cap is reported once and skipped to its end.
struct LineBuffer {
  enum Item: Equatable {
    /// A line without its newline and carriage return; never empty.
    case line([UInt8])
    /// A line passed the cap.
    case tooLong
  }

  private let cap: Int
  private var partial: [UInt8] = []
  private var skipping = false

  init(cap: Int = ControlProtocol.maximumLineLength) {
    self.cap = cap
  }

  /// Takes the next bytes and hands over each line that they complete. Memory stays below the cap plus one block.
  mutating func append(_ bytes: some Sequence<UInt8>, _ body: (Item) -> Void) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
        if !skipping && !partial.isEmpty { body(.line(partial)) }
        partial.removeAll(keepingCapacity: true)
        skipping = false
      } else if skipping {
        continue
      } else if partial.count == cap {
        partial.removeAll(keepingCapacity: false)
        skipping = true
        body(.tooLong)
      } else {
        partial.append(byte)
      }
    }
  }
}
