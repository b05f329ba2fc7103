// Keeps a session alive: opens, watches the heartbeat, closes what is dead, opens again, keeps the wiring.

/// The state machine absent ▸ open ▸ active ▸ lost ▸ … Pure but for its backend: time comes in with every tick.
/// Owned by one thread.
final class Supervisor {
  /// Limits in seconds.
  struct Timing {
    /// Without a cycle for this long the session is dead, whatever the server says or does not say.
    var heartbeat = 2.0
    /// A close that takes longer is left behind.
    var closeLimit = 3.0
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
    case connecting(String)
    case noMatch(ports: [String])
  }

  private enum Phase {
    case waiting(until: Double)
    case running(any AudioSession)
    case closing(any AudioSession, deadline: Double)
  }

  private(set) var state = AudioState.absent
  /// Sessions that became active after the first.
  private(set) var restarts = 0
  /// Sources wired to the input at the last look.
  private(set) var connections: [String] = []
  /// True while the user's pattern fits no port.
  private(set) var isUnmatched = false
  /// Why the last attempt to open failed.
  private(set) var failure: OpenFailure?

  private let backend: any AudioBackend
  private let timing: Timing
  private let report: (Event) -> Void
  private var keeper: ConnectionKeeper
  private var schedule = RetrySchedule()
  private var phase = Phase.waiting(until: -.infinity)
  private var lastCycles = 0
  private var lastProgress = 0.0
  private var activeSince = 0.0
  private var wasActive = false
  private var warnedNoMatch = false

  init(backend: any AudioBackend, policy: ConnectPolicy, timing: Timing = Timing(), report: @escaping (Event) -> Void) {
    self.backend = backend
    self.timing = timing
    self.report = report
    keeper = ConnectionKeeper(policy: policy)
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
      lastProgress = now
      keeper.beginSession()
      report(.opened)
    } catch {
      if failure != error { report(.waiting(error)) }
      failure = error
      state = .absent
      phase = .waiting(until: now + schedule.next())
    }
  }

  private func watch(_ session: any AudioSession, _ now: Double) {
    if session.isShutDown { return lose(session, "the server has closed", now) }
    let cycles = session.cycles
    if cycles != lastCycles {
      lastCycles = cycles
      lastProgress = now
      if state != .active { becomeActive(now) }
    } else if now - lastProgress >= timing.heartbeat {
      return lose(session, "the server has not run a cycle for \(Int(timing.heartbeat)) s", now)
    }
    guard state == .active else { return }
    if now - activeSince >= timing.proven { schedule.reset() }
    keepWiring(session, now)
  }

  private func becomeActive(_ now: Double) {
    state = .active
    activeSince = now
    if wasActive { restarts += 1 }
    wasActive = true
    report(.active)
  }

  private func keepWiring(_ session: any AudioSession, _ now: Double) {
    connections = session.connections()  // before the ports: see ConnectionKeeper
    let appeared = session.takeAppeared()
    let ports = session.sources()
    for source in keeper.plan(ports: ports, appeared: appeared, connections: connections, now: now) {
      report(.connecting(source))
      session.connect(source)
    }
    isUnmatched = connections.isEmpty && keeper.isUnmatched(by: ports)
    if isUnmatched && !warnedNoMatch {
      warnedNoMatch = true
      report(.noMatch(ports: ports.map(\.name)))
    }
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
    connections = []
    isUnmatched = false
  }

  private func finishClosing(_ session: any AudioSession, _ deadline: Double, _ now: Double) {
    if !session.isClosed {
      guard now >= deadline else { return }
      report(.abandoned)  // its worker goes on waiting; nobody else will touch the old client again
    }
    phase = .waiting(until: now + schedule.next())
  }
}
