// Keeps a session alive: opens, watches the heartbeat, closes what is dead, opens again, keeps the wiring.

/// The state machine absent ▸ open ▸ active ▸ lost ▸ … Pure but for its backend: time comes in with every tick.
/// Owned by one thread.
final class Supervisor {
  /// Limits in seconds.
  struct Timing {
    /// Without a cycle for this long the session is dead, whatever the server says or does not say.
    var heartbeat = 2.0
    /// A session whose first cycle takes longer will have none: the server died or was not up yet when we came. The next
    /// is given twice the time, for the machine may just be slow.
    var firstCycle = 1.0...8.0
    /// A close that takes longer is left behind.
    var closeLimit = 3.0
    /// For so long after a change the ports are looked at in every turn, for one change seldom comes alone; …
    var settling = 1.5
    /// … and this often without one: not every server tells of every change.
    var wiringLook = 1.0
    /// A session that lives this long has earned an immediate first retry.
    var proven = 1.0
  }

  /// Something worth a line in the log.
  enum Event: Equatable {
    case waiting(OpenFailure)
    case opened
    case active
    case lost(String)
    case abandoned
    case connecting(String, ClientPort)
    case noMatch(ClientPort, peers: [String])
  }

  private enum Phase {
    case waiting(until: Double)
    case running(any AudioSession)
    case closing(any AudioSession, deadline: Double)
  }

  private(set) var state = AudioState.absent
  /// Sessions that became active after the first.
  private(set) var restarts = 0
  /// What our ports were wired to at the last look.
  private(set) var wiring: [ClientPort: [String]] = [:]
  /// Our ports for which the user gave a pattern that fits nothing, with what there is.
  private(set) var unmatched: [ClientPort: [String]] = [:]
  /// Why the last attempt to open failed.
  private(set) var failure: OpenFailure?

  private let backend: any AudioBackend
  private let timing: Timing
  private let report: (Event) -> Void
  private var keepers: [ClientPort: ConnectionKeeper]
  private var schedule = RetrySchedule()
  private var phase = Phase.waiting(until: -.infinity)
  private var lastCycles = 0
  private var lastProgress = 0.0
  private var activeSince = 0.0
  /// Seconds for which the present session may be without its first cycle.
  private var patience: Double
  private var settledAt = 0.0
  private var nextLook = 0.0
  private var wasActive = false
  private var warned: Set<ClientPort> = []

  init(
    backend: any AudioBackend, keepers: [ClientPort: ConnectionKeeper], timing: Timing = Timing(),
    report: @escaping (Event) -> Void
  ) {
    self.backend = backend
    self.timing = timing
    self.report = report
    self.keepers = keepers
    patience = timing.firstCycle.lowerBound
    _ = schedule.next()  // the first attempt is immediate
  }

  /// One look at the world; to be called a few times a second.
  /// - Parameter now: monotonic seconds.
  func tick(now: Double) {
    switch phase {
    case .waiting(let until): if now >= until { open(now) }
    case .running(let session): watch(session, now)
    case .closing(let session, let deadline): finishClosing(session, deadline, now)
    }
  }

  /// Closes the session, if any. True when nothing is left to wait for.
  func stop() -> Bool {
    switch phase {
    case .waiting: return true
    case .running(let session):
      session.beginClose()
      phase = .closing(session, deadline: .infinity)
      state = .absent
      forgetWiring()
      return session.isClosed
    case .closing(let session, _): return session.isClosed
    }
  }

  private func open(_ now: Double) {
    do {
      let session = try backend.open()
      failure = nil
      phase = .running(session)
      state = .open
      lastCycles = session.cycles
      // Opening may take a second: waiting for the first cycle begins with the first look afterwards.
      lastProgress = .infinity
      for port in keepers.keys { keepers[port]?.beginSession() }
      report(.opened)
    } catch {
      if failure != error { report(.waiting(error)) }
      failure = error
      state = .absent
      phase = .waiting(until: now + (error == .noServer ? schedule.nextWithoutServer() : schedule.next()))
    }
  }

  private func watch(_ session: any AudioSession, _ now: Double) {
    if session.isShutDown { return lose(session, "the server has closed", now) }
    let cycles = session.cycles
    lastProgress = min(lastProgress, now)
    if cycles != lastCycles {
      lastCycles = cycles
      lastProgress = now
      if state != .active { becomeActive(now) }
    } else if state == .open && now - lastProgress >= patience {
      patience = min(2 * patience, timing.firstCycle.upperBound)
      return lose(session, "the server runs no cycles", now)
    } else if state == .active && now - lastProgress >= timing.heartbeat {
      return lose(session, "the server has not run a cycle for \(Int(timing.heartbeat)) s", now)
    }
    guard state == .active else { return }
    if now - activeSince >= timing.proven { schedule.reset() }
    if session.takeWiringChange() { settledAt = now + timing.settling }
    // Listing ports costs far more than everything else here.
    if now < settledAt || now >= nextLook {
      nextLook = now + timing.wiringLook
      keepWiring(session, now)
    }
  }

  private func becomeActive(_ now: Double) {
    state = .active
    activeSince = now
    patience = timing.firstCycle.lowerBound
    nextLook = now
    if wasActive { restarts += 1 }
    wasActive = true
    report(.active)
  }

  /// Sources wired to the input at the last look.
  var connections: [String] { wiring[.input] ?? [] }
  /// True while the user's pattern for the input fits no port.
  var isUnmatched: Bool { unmatched[.input] != nil }

  private func keepWiring(_ session: any AudioSession, _ now: Double) {
    for port in ClientPort.allCases { wiring[port] = session.connections(port) }  // before the peers: see the keeper
    let appeared = session.takeAppeared()
    for port in ClientPort.allCases { keepWiring(of: port, session, appeared, now) }
  }

  private func keepWiring(of port: ClientPort, _ session: any AudioSession, _ appeared: Set<String>, _ now: Double) {
    let (peers, wired) = (session.peers(port), wiring[port] ?? [])
    let plan = keepers[port]?.plan(ports: peers, appeared: appeared, connections: wired, now: now) ?? []
    for peer in plan {
      report(.connecting(peer, port))
      session.connect(peer, to: port)
    }
    guard wired.isEmpty, let keeper = keepers[port], keeper.isUnmatched(by: peers) else {
      unmatched[port] = nil
      return
    }
    unmatched[port] = peers.map(\.name)
    if warned.insert(port).inserted { report(.noMatch(port, peers: peers.map(\.name))) }
  }

  private func lose(_ session: any AudioSession, _ reason: String, _ now: Double) {
    report(.lost(reason))
    state = .lost
    forgetWiring()
    session.beginClose()
    phase = .closing(session, deadline: now + timing.closeLimit)
  }

  /// What was seen of the ports is out of date.
  private func forgetWiring() {
    wiring = [:]
    unmatched = [:]
  }

  private func finishClosing(_ session: any AudioSession, _ deadline: Double, _ now: Double) {
    if !session.isClosed {
      guard now >= deadline else { return }
      report(.abandoned)  // its worker goes on waiting; nobody else will touch the old client again
    }
    phase = .waiting(until: now + schedule.next())
  }
}
