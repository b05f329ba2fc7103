// Who receives events, and until when.

import Control

/// The subscribers of an OSC server: always served ones, and those who asked, until they don't ask again.
///
/// UDP senders can be forged. Who asks from this machine is believed; whoever asks from elsewhere gets a number and is
/// served only after it has come back, so that nobody can have a third party flooded. Used by one thread.
struct Subscribers {
  /// One receiver.
  struct Entry {
    let address: SocketAddress
    var topics: Set<OSCTopic>
    /// When it ends; nil for those that are always served.
    var end: Double?
  }

  /// What became of the wish to subscribe.
  enum Outcome: Equatable {
    /// It holds; `isNew` when it didn't before.
    case subscribed(isNew: Bool)
    /// The number that has to come back first.
    case unproven(token: Int32)
  }

  /// Receivers at a time that asked themselves.
  static let most = 64
  /// Seconds within which the number has to come back.
  static let patience = 10.0

  private(set) var entries: [Entry]
  private var unproven: [(token: Int32, entry: Entry)] = []
  private let lifetime: Double

  /// - Parameter permanent: those that are always served.
  /// - Parameter lifetime: seconds for which a subscription holds.
  init(permanent: [SocketAddress], lifetime: Double) {
    entries = permanent.map { Entry(address: $0, topics: Set(OSCTopic.allCases)) }
    self.lifetime = lifetime
  }

  /// Subscribes `address`, or extends what holds already, with other topics.
  mutating func add(
    _ address: SocketAddress, topics: Set<OSCTopic>, at now: Double
  ) throws(Failure) -> Outcome {
    if let index = entries.firstIndex(where: { $0.address == address }) {
      // Those that are always served get everything as before.
      guard entries[index].end != nil else { return .subscribed(isNew: false) }
      entries[index].topics = topics
      entries[index].end = now + lifetime
      return .subscribed(isNew: false)
    }
    guard entries.count(where: { $0.end != nil }) < Self.most else {
      throw Failure(.busy, "All \(Self.most) places for subscribers are taken; let one unsubscribe, or wait a minute.")
    }
    guard !address.isLoopback else {
      entries.append(Entry(address: address, topics: topics, end: now + lifetime))
      return .subscribed(isNew: true)
    }
    let token = Int32.random(in: 1...Int32.max)
    unproven.removeAll { $0.entry.address == address }
    if unproven.count == Self.most { unproven.removeFirst() }
    unproven.append((token, Entry(address: address, topics: topics, end: now + Self.patience)))
    return .unproven(token: token)
  }

  /// Takes back a number; returns the new subscriber's address, or nil when none of that host waits for it.
  mutating func confirm(_ token: Int32, from sender: SocketAddress, at now: Double) -> SocketAddress? {
    let match = unproven.firstIndex { $0.token == token && $0.entry.address.hasHost(of: sender) }
    guard let match, entries.count(where: { $0.end != nil }) < Self.most else { return nil }
    var entry = unproven.remove(at: match).entry
    entry.end = now + lifetime
    entries.append(entry)
    return entry.address
  }

  /// Ends a subscription; those that are always served stay.
  mutating func remove(_ address: SocketAddress) {
    entries.removeAll { $0.address == address && $0.end != nil }
  }

  /// Forgets those whose time is over.
  mutating func expire(at now: Double) {
    let isOver = { (entry: Entry) in entry.end.map { now >= $0 } ?? false }
    entries.removeAll(where: isOver)
    unproven.removeAll { isOver($0.entry) }
  }
}
