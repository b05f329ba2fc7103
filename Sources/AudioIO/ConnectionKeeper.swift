// Decides what to wire one of our ports to: the policy's choice at first, then what the user made of it.

/// Pure memory of the connections, by port name; it survives the server.
///
/// Each of our ports has one. A connection that goes together with its peer is restored when the peer returns; one that
/// is cut while the peer stays was cut by the user and is left alone. Looked at a few times a second from the supervising thread.
struct ConnectionKeeper {
  /// What is chosen while the user has not decided.
  enum Rule {
    /// Every port that matches.
    case all(PortPattern)
    /// One port of those that match, counted from 0; the last when there are fewer.
    case matching(PortPattern, Int)
    /// One of the sound card's, counted in the same way.
    case socket(Int)
    /// None.
    case nothing
  }

  private let rule: Rule
  private var remembered: [String] = []
  private var chosen: Set<String> = []  // of `remembered`, what the policy chose and not the user
  private var refused: Set<String> = []  // cut by the user
  private var held: Set<String> = []  // connections at the last look
  private var known: Set<String> = []  // peers at the last look
  private var suspects: Set<String> = []  // missing at the last look though their peer was there
  private var aloneSince: Double?

  /// How long the default policy waits for its old peer before it takes another, in seconds.
  static let patience = 5.0

  init(rule: Rule) { self.rule = rule }

  /// For the input port.
  init(policy: ConnectPolicy) {
    switch policy {
    case .firstCapture: rule = .socket(0)
    case .matching(let text): rule = .all(PortPattern(text))
    case .none: rule = .nothing
    }
  }

  /// For one channel of the output pair, 0 or 1.
  init(policy: PlaybackPolicy, channel: Int) {
    switch policy {
    case .firstPair: rule = .socket(channel)
    case .matching(let text): rule = .matching(PortPattern(text), channel)
    case .none: rule = .nothing
    }
  }

  /// Peers that should be connected whenever they exist.
  var wanted: [String] { remembered }

  /// A new life of the server: nothing is connected yet, and that is nobody's decision.
  mutating func beginSession() {
    held = []
    known = []
    suspects = []
    aloneSince = nil
  }

  /// - Parameters:
  ///   - ports: peers that exist, in the server's order.
  ///   - appeared: ports registered since the last look, even if one of that name was there before.
  ///   - connections: peers wired to our port, read before `ports`.
  ///   - now: monotonic seconds.
  /// - Returns: peers to connect now.
  mutating func plan(ports: [SourcePort], appeared: Set<String>, connections: [String], now: Double) -> [String] {
    let present = Set(ports.map(\.name))
    let connected = Set(connections)
    adoptConnectionsMadeByTheUser(connections)
    forgetConnectionsCutByTheUser(present: present, appeared: appeared, connected: connected)
    choose(from: ports, appeared: appeared, present: present, now: now)
    held = connected
    known = present
    return remembered.filter { present.contains($0) && !connected.contains($0) && !suspects.contains($0) }
  }

  /// True when a pattern was given and fits none of the ports.
  func isUnmatched(by ports: [SourcePort]) -> Bool {
    switch rule {
    case .all(let pattern), .matching(let pattern, _): !ports.contains { pattern.matches($0.name) }
    case .socket, .nothing: false
    }
  }

  private mutating func adoptConnectionsMadeByTheUser(_ connections: [String]) {
    for name in connections where !remembered.contains(name) {
      remembered.append(name)
      refused.remove(name)
    }
  }

  private mutating func forgetConnectionsCutByTheUser(
    present: Set<String>, appeared: Set<String>, connected: Set<String>
  ) {
    let cut = { (name: String) in present.contains(name) && !appeared.contains(name) && !connected.contains(name) }
    // A dying client loses its connections a moment before its ports: only the second look decides.
    for name in suspects where cut(name) {
      remembered.removeAll { $0 == name }
      chosen.remove(name)
      refused.insert(name)
    }
    suspects = held.filter(cut)
  }

  private mutating func choose(from ports: [SourcePort], appeared: Set<String>, present: Set<String>, now: Double) {
    switch rule {
    case .nothing: break
    case .all(let pattern):
      for port in ports where !known.contains(port.name) || appeared.contains(port.name) {
        guard pattern.matches(port.name) else { continue }
        guard !remembered.contains(port.name), !refused.contains(port.name) else { continue }
        remembered.append(port.name)
        chosen.insert(port.name)
      }
    case .matching(let pattern, let place):
      chooseOne(of: ports.filter { pattern.matches($0.name) }, place, present: present, now: now)
    case .socket(let place): chooseOne(of: ports.filter(\.isSocket), place, present: present, now: now)
    }
  }

  private mutating func chooseOne(of ports: [SourcePort], _ place: Int, present: Set<String>, now: Double) {
    let userDecided = !refused.isEmpty || remembered.contains { !chosen.contains($0) }
    let hasPeer = remembered.contains { present.contains($0) }
    guard !userDecided, !hasPeer else {
      aloneSince = nil
      return
    }
    let since = aloneSince ?? now
    aloneSince = since
    guard remembered.isEmpty || now - since >= Self.patience, !ports.isEmpty else { return }
    let name = ports[min(place, ports.count - 1)].name
    remembered = [name]
    chosen = [name]
    aloneSince = nil
  }
}
