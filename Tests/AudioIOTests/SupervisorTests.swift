// Supervisor: the whole life of a connection with a stand-in server and a stand-in clock.
import Testing

@testable import AudioIO

private final class FakeSession: AudioSession {
  var cycles = 0
  var isShutDown = false
  var refusals: [String] = []
  var ports: [SourcePort] = []
  var wired: [String] = []
  var closeCalls = 0
  var isClosed = false
  var closesAtOnce = true

  /// What the server tells of changes; nothing that can be told apart by default.
  var tellsChanges = false
  var hasChanged = false
  var looks = 0

  var sinks: [SourcePort] = []
  var outputs: [ClientPort: [String]] = [:]

  func takeWiringChange() -> Bool {
    defer { hasChanged = false }
    return !tellsChanges || hasChanged
  }
  func connections(_ port: ClientPort) -> [String] {
    if port == .input { looks += 1 }
    return port == .input ? wired : outputs[port] ?? []
  }
  func peers(_ port: ClientPort) -> [SourcePort] {
    switch port {
    case .input: ports
    case .left, .right: sinks
    case .midiIn, .midiOut: []
    }
  }
  func takeAppeared() -> Set<String> { [] }
  func connect(_ peer: String, to port: ClientPort) {
    if port == .input { wired.append(peer) } else { outputs[port, default: []].append(peer) }
  }
  func beginClose() {
    closeCalls += 1
    isClosed = closesAtOnce
  }
}

private final class FakeBackend: AudioBackend {
  var failure: OpenFailure? = .noServer
  var sessions: [FakeSession] = []
  var attempts = 0
  var ports = [SourcePort("system:capture_1", isPhysical: true)]
  var sinks = [SourcePort("system:playback_1", isPhysical: true), SourcePort("system:playback_2", isPhysical: true)]
  func open() throws(OpenFailure) -> any AudioSession {
    attempts += 1
    if let failure { throw failure }
    let session = FakeSession()
    session.ports = ports
    session.sinks = sinks
    sessions.append(session)
    return session
  }
}

private final class World {
  let backend = FakeBackend()
  var events: [Supervisor.Event] = []
  var now = 100.0
  private(set) var supervisor: Supervisor!
  init(policy: ConnectPolicy = .firstCapture, playback: PlaybackPolicy = .firstPair) {
    let keepers: [ClientPort: ConnectionKeeper] = [
      .input: ConnectionKeeper(policy: policy), .left: ConnectionKeeper(policy: playback, channel: 0),
      .right: ConnectionKeeper(policy: playback, channel: 1),
    ]
    supervisor = Supervisor(backend: backend, keepers: keepers) { [unowned self] in events.append($0) }
  }
  /// Ticks every 0.1 s; while `running` the last session's cycles advance.
  func pass(_ seconds: Double, running: Bool = true) {
    for _ in 0..<Int((seconds * 10).rounded()) {
      now += 0.1
      if running { backend.sessions.last?.cycles += 4 }
      supervisor.tick(now: now)
    }
  }
}

@Suite struct SupervisorTests {
  @Test("no JACK server at start: tried twice a second, said once")
  func looksForAServerTwiceASecond() {
    let world = World()
    world.pass(0.1)
    #expect(world.backend.attempts == 1)
    world.pass(60)
    #expect((95...121).contains(world.backend.attempts))
    #expect(world.supervisor.state == .absent)
    #expect(world.events == [.waiting(.noServer)])
    world.backend.failure = nil
    world.pass(0.8)
    #expect(world.supervisor.state == .active)
  }

  @Test func aServerThatRefusesIsTriedOnceASecond() {
    var schedule = RetrySchedule()
    #expect((0..<5).map { _ in schedule.next() } == [0, 0.5, 1, 1, 1])
    #expect(schedule.nextWithoutServer() == 0.5)
    #expect(schedule.next() == 0.5)
    schedule.reset()
    #expect(schedule.next() == 0)
  }

  @Test func portsAreLookedAtWhenTheyChangeAndOnceASecond() {
    let world = World()
    world.backend.failure = nil
    world.pass(0.2)
    let session = world.backend.sessions[0]
    session.tellsChanges = true
    world.pass(3)
    session.looks = 0
    world.pass(10)
    #expect((9...11).contains(session.looks))
    session.looks = 0
    session.hasChanged = true
    world.pass(1)
    #expect(session.looks == 10)
  }

  @Test func opensConnectsAndBecomesActive() {
    let world = World()
    world.backend.failure = nil
    world.pass(0.1, running: false)
    #expect(world.supervisor.state == .open)
    world.pass(0.3)
    #expect(world.supervisor.state == .active)
    #expect(world.supervisor.connections == ["system:capture_1"])
    #expect(world.supervisor.restarts == 0)
  }

  @Test func aShutdownFlagLeadsToCloseAndReopenWithTheWiring() {
    let world = World(policy: .none)
    world.backend.failure = nil
    world.pass(0.3)
    world.backend.sessions[0].wired = ["system:capture_1"]  // by the user
    world.pass(0.3)
    world.backend.sessions[0].isShutDown = true
    world.pass(0.1)
    #expect(world.supervisor.state == .lost)
    #expect(world.supervisor.connections == [])
    #expect(world.backend.sessions[0].closeCalls == 1)
    world.pass(1.5)
    #expect(world.backend.sessions.count == 2)
    #expect(world.supervisor.state == .active)
    #expect(world.supervisor.restarts == 1)
    #expect(world.backend.sessions[1].wired == ["system:capture_1"])
  }

  @Test func twoSecondsWithoutACycleAreADeadServer() {
    let world = World()
    world.backend.failure = nil
    world.pass(3)
    world.pass(1.8, running: false)
    #expect(world.supervisor.state == .active)
    world.pass(0.4, running: false)
    #expect(world.supervisor.state == .lost || world.supervisor.state == .open)
    #expect(world.backend.sessions[0].closeCalls == 1)
  }

  @Test("clock jumps, suspend and resume: a server that is silent afterwards is treated as lost")
  func theClockJumps() {
    let world = World()
    world.backend.failure = nil
    world.pass(3)
    // An hour in which nothing ran, and then the server goes on: the next cycles are soon enough.
    world.now += 3600
    world.backend.sessions[0].cycles += 1
    world.pass(1)
    #expect(world.supervisor.state == .active && world.backend.sessions.count == 1)
    // Another, after which it does not.
    world.now += 3600
    world.pass(0.3, running: false)
    #expect(world.backend.sessions[0].closeCalls == 1)
    world.pass(2)
    #expect(world.supervisor.state == .active && world.supervisor.restarts == 1)
    // A clock that goes backwards loses nothing for longer than it takes to catch up.
    world.now -= 1
    world.pass(4)
    #expect(world.supervisor.state == .active && world.supervisor.restarts == 1)
  }

  @Test func anOpeningThatTakesLongIsNotHeldAgainstTheSession() {
    let world = World()
    world.backend.failure = nil
    world.pass(0.1, running: false)
    world.now += 2  // spent within the opening
    world.pass(0.5, running: false)
    #expect(world.supervisor.state == .open && world.backend.sessions.count == 1)
    world.pass(0.1)
    #expect(world.supervisor.state == .active)
  }

  @Test func aServerThatNeverRunsACycleIsGivenUpToo() {
    let world = World()
    world.backend.failure = nil
    world.pass(1.3, running: false)
    #expect(world.backend.sessions.map(\.closeCalls).first == 1)
    // The next are given longer: a server on a slow machine may just be late.
    world.pass(1.5, running: false)
    #expect(world.backend.sessions.count == 2 && world.backend.sessions[1].closeCalls == 0)
    world.pass(0.2)
    #expect(world.supervisor.state == .active)
  }

  @Test func aCloseThatHangsIsLeftBehindAndNeverRepeated() {
    let world = World()
    world.backend.failure = nil
    world.pass(2)
    let hung = world.backend.sessions[0]
    hung.closesAtOnce = false
    hung.isShutDown = true
    world.pass(2.9)
    #expect(world.supervisor.state == .lost)
    #expect(world.backend.sessions.count == 1)
    world.pass(0.5)
    #expect(world.events.contains(.abandoned))
    #expect(world.backend.sessions.count == 2)
    #expect(world.supervisor.stop())
    #expect(hung.closeCalls == 1)
  }

  @Test func aFlappingServerIsNotHammered() {
    let world = World()
    world.backend.failure = nil
    for _ in 0..<200 {
      world.pass(0.1)
      world.backend.sessions.last?.isShutDown = true
    }
    #expect(world.backend.attempts < 22)
  }

  @Test func anUnmatchedPatternWarnsOnceAndIsConnectedWhenItsSourceComes() {
    let world = World(policy: .matching("guitar"))
    world.backend.failure = nil
    world.pass(1)
    #expect(world.supervisor.isUnmatched)
    world.backend.sessions[0].isShutDown = true
    world.pass(0.1)
    #expect(!world.supervisor.isUnmatched)  // of ports that are gone nothing is said
    world.pass(2)
    #expect(world.supervisor.isUnmatched)
    #expect(world.events.filter { $0 == .noMatch(.input, peers: ["system:capture_1"]) }.count == 1)
    world.backend.sessions[1].ports.append(SourcePort("guitarix:out_0"))
    world.pass(0.3)
    #expect(world.supervisor.connections == ["guitarix:out_0"])
    #expect(!world.supervisor.isUnmatched)
  }

  @Test func theOutputPairIsWiredAndRestored() {
    let world = World()
    world.backend.failure = nil
    world.pass(0.5)
    let first = world.backend.sessions[0]
    #expect(first.outputs == [.left: ["system:playback_1"], .right: ["system:playback_2"]])
    #expect(world.supervisor.wiring[.left] == ["system:playback_1"])
    first.outputs[.right] = ["recorder:in"]  // the user moved one
    first.sinks.append(SourcePort("recorder:in"))
    world.pass(0.5)
    first.isShutDown = true
    world.backend.sinks.append(SourcePort("recorder:in"))
    world.pass(2)
    #expect(world.backend.sessions[1].outputs == [.left: ["system:playback_1"], .right: ["recorder:in"]])
  }

  @Test func aPlaybackPatternTakesTwoPortsOrOne() {
    let world = World(playback: .matching("mixer"))
    world.backend.failure = nil
    world.pass(1)
    #expect(world.supervisor.unmatched[.left] == ["system:playback_1", "system:playback_2"])
    #expect(!world.supervisor.isUnmatched)
    world.backend.sessions[0].sinks.append(SourcePort("mixer:in_1"))
    world.pass(0.3)
    #expect(world.backend.sessions[0].outputs == [.left: ["mixer:in_1"], .right: ["mixer:in_1"]])
    #expect(world.supervisor.unmatched[.left] == nil)
    let silent = World(playback: .none)
    silent.backend.failure = nil
    silent.pass(1)
    #expect(silent.backend.sessions[0].outputs == [:])
  }

  @Test func stopClosesOnce() {
    let world = World()
    world.backend.failure = nil
    world.pass(0.5)
    #expect(world.supervisor.stop())
    #expect(world.supervisor.stop())
    #expect(world.backend.sessions[0].closeCalls == 1)
    #expect(world.supervisor.state == .absent)
  }
}
