// Decides which sources to wire to the input: the policy's choice at first, then what the user made of it.

/// Pure memory of the connections, by port name; it survives the server.
///
/// A connection that goes together with its source is restored when the source returns; one that is cut while the
/// source stays was cut by the user and is left alone. Looked at a few times a second from the supervising thread.
struct ConnectionKeeper {
  private let policy: ConnectPolicy
  private let pattern: PortPattern?
  private var remembered: [String] = []
  private var chosen: Set<String> = []  // of `remembered`, what the policy chose and not the user
  private var refused: Set<String> = []  // cut by the user
  private var held: Set<String> = []  // connections at the last look
  private var known: Set<String> = []  // sources at the last look
  private var suspects: Set<String> = []  // missing at the last look though their source was there
  private var aloneSince: Double?

  /// How long the default policy waits for its old source before it takes another, in seconds.
  static let patience = 5.0

  init(policy: ConnectPolicy) {
    self.policy = policy
    if case .matching(let text) = policy { pattern = PortPattern(text) } else { pattern = nil }
  }

  /// Sources that should be connected whenever they exist.
  var wanted: [String] { remembered }

  /// A new life of the server: nothing is connected yet, and that is nobody's decision.
  mutating func beginSession() {
    held = []
    known = []
    suspects = []
    aloneSince = nil
  }

  /// - Parameters:
  ///   - ports: sources that exist, in the server's order.
  ///   - appeared: sources registered since the last look, even if one of that name was there before.
  ///   - connections: sources wired to the input, read before `ports`.
  ///   - now: monotonic seconds.
  /// - Returns: sources to connect now.
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
    guard let pattern else { return false }
    return !ports.contains { pattern.matches($0.name) }
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
    // A dying source loses its connections a moment before its ports: only the second look decides.
    for name in suspects where cut(name) {
      remembered.removeAll { $0 == name }
      chosen.remove(name)
      refused.insert(name)
    }
    suspects = held.filter(cut)
  }

  private mutating func choose(from ports: [SourcePort], appeared: Set<String>, present: Set<String>, now: Double) {
    switch policy {
    case .none: break
    case .matching:
      for port in ports where !known.contains(port.name) || appeared.contains(port.name) {
        guard let pattern, pattern.matches(port.name) else { continue }
        guard !remembered.contains(port.name), !refused.contains(port.name) else { continue }
        remembered.append(port.name)
        chosen.insert(port.name)
      }
    case .firstCapture: chooseCapture(from: ports, present: present, now: now)
    }
  }

  private mutating func chooseCapture(from ports: [SourcePort], present: Set<String>, now: Double) {
    let userDecided = !refused.isEmpty || remembered.contains { !chosen.contains($0) }
    let hasSource = remembered.contains { present.contains($0) }
    guard !userDecided, !hasSource else {
      aloneSince = nil
      return
    }
    let since = aloneSince ?? now
    aloneSince = since
    guard remembered.isEmpty || now - since >= Self.patience else { return }
    guard let first = ports.first(where: \.isCapture) else { return }
    remembered = [first.name]
    chosen = [first.name]
    aloneSince = nil
  }
}
