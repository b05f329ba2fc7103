// Events of the dialogue on their way from the hands to whoever shows, keeps and sends them.

import Synchronization

/// A box between two threads: the hands put events in, the daemon's main thread takes them out.
///
/// It holds so many that a reader has half a minute of the densest playing to come; should nobody come, the oldest
/// half is dropped and counted.
public final class DialogueFeed: Sendable {
  /// Events that wait at most.
  static let capacity = 16_384

  private struct Contents {
    var events: [DialogueEvent] = []
    var dropped = 0
  }

  private let contents = Mutex(Contents())

  /// An empty feed.
  public init() {}

  /// Puts an event in. Any thread.
  func post(_ event: DialogueEvent) {
    contents.withLock { contents in
      if contents.events.count == Self.capacity {
        contents.events.removeFirst(Self.capacity / 2)
        contents.dropped += Self.capacity / 2
      }
      contents.events.append(event)
    }
  }

  /// Takes everything out, oldest first. Any thread.
  public func take() -> [DialogueEvent] {
    contents.withLock { contents in
      guard !contents.events.isEmpty else { return [] }
      let events = contents.events
      contents.events.removeAll(keepingCapacity: true)
      return events
    }
  }

  /// Whether something waits. Any thread.
  var hasNews: Bool { contents.withLock { !$0.events.isEmpty } }

  /// Events that nobody took in time. Any thread.
  public var dropped: Int { contents.withLock { $0.dropped } }
}
