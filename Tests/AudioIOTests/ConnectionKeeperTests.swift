// ConnectionKeeper, PortPattern: which source is chosen, and what is remembered.
import Testing

@testable import AudioIO

private let capture = [
  SourcePort("system:capture_1", isPhysical: true), SourcePort("system:capture_2", isPhysical: true),
]
private let synth = [SourcePort("synth:out_left"), SourcePort("synth:out_right")]

/// A keeper with a world in which every planned connection succeeds.
private struct World {
  var keeper: ConnectionKeeper
  var ports: [SourcePort]
  var wired: [String] = []
  var now = 0.0
  init(_ policy: ConnectPolicy, _ ports: [SourcePort]) {
    keeper = ConnectionKeeper(policy: policy)
    self.ports = ports
  }
  @discardableResult mutating func look(appeared: Set<String> = []) -> [String] {
    now += 0.1
    let plan = keeper.plan(ports: ports, appeared: appeared, connections: wired, now: now)
    wired += plan
    return plan
  }
  mutating func remove(_ prefix: String) {
    ports.removeAll { $0.name.hasPrefix(prefix) }
    wired.removeAll { $0.hasPrefix(prefix) }
  }
}

@Suite struct ConnectionKeeperTests {
  @Test func firstCapturePrefersSocketsToProgramsAndMonitors() {
    let monitor = SourcePort("Built-in Audio Monitor:monitor_FL", isPhysical: true)
    var world = World(.firstCapture, synth + [monitor] + capture)
    #expect(world.look() == ["system:capture_1"])
    #expect(world.look() == [])
  }

  @Test func patternIsASubstringOrAnExpression() {
    #expect(PortPattern("ynth:out").matches("synth:out_left"))
    #expect(PortPattern("^synth:out_(left|right)$").matches("synth:out_right"))
    #expect(!PortPattern("^ynth").matches("synth:out_left"))
    #expect(PortPattern("synth (2").matches("synth (2):out"))  // no valid expression
    #expect(!PortPattern("synth (3").matches("synth (2):out"))
    #expect(PortPattern("a.b").matches("axb:out"))
  }

  @Test func patternTakesEveryMatchAndLaterOnes() {
    var world = World(.matching("synth:"), capture + synth)
    #expect(world.look() == ["synth:out_left", "synth:out_right"])
    world.ports.append(SourcePort("synth:aux"))
    #expect(world.look() == ["synth:aux"])
  }

  @Test func policyNoneConnectsNothingButRemembersTheUser() {
    var world = World(.none, capture)
    #expect(world.look() == [])
    world.wired = ["system:capture_2"]
    world.look()
    world.wired = []
    world.keeper.beginSession()
    #expect(world.look() == ["system:capture_2"])
  }

  @Test func aSourceThatComesBackIsConnectedAgain() {
    var world = World(.matching("synth"), synth)
    world.look()
    world.look()
    world.remove("synth:")
    #expect(world.look() == [])
    world.ports = synth
    #expect(world.look() == ["synth:out_left", "synth:out_right"])
  }

  @Test func aSourceThatWasBackBetweenTwoLooksIsConnectedAgain() {
    var world = World(.matching("synth"), synth)
    world.look()
    world.look()
    world.wired = []
    #expect(world.look(appeared: ["synth:out_left", "synth:out_right"]) == ["synth:out_left", "synth:out_right"])
  }

  @Test func whatTheUserCutsStaysCut() {
    var world = World(.firstCapture, capture)
    world.look()
    world.look()
    world.wired = []
    for _ in 0..<100 { #expect(world.look() == []) }
    world.keeper.beginSession()
    for _ in 0..<100 { #expect(world.look() == []) }
  }

  @Test func aConnectionThatVanishesAMomentBeforeItsPortWasNotCut() {
    var world = World(.matching("synth"), synth)
    world.look()
    world.look()
    world.wired = []
    world.look()
    world.remove("synth:")
    world.look()
    world.ports = synth
    #expect(world.look() == ["synth:out_left", "synth:out_right"])
  }

  @Test func anUnpluggedDefaultIsReplacedAfterPatience() {
    var world = World(.firstCapture, [SourcePort("usb:in", isPhysical: true)])
    world.look()
    world.look()
    world.remove("usb:")
    world.ports = capture
    #expect(world.look() == [])
    var plan: [String] = []
    for _ in 0..<60 { plan += world.look() }
    #expect(plan == ["system:capture_1"])
  }

  @Test func aFailedConnectionIsTriedAgain() {
    var keeper = ConnectionKeeper(policy: .firstCapture)
    for i in 0..<5 {
      #expect(keeper.plan(ports: capture, appeared: [], connections: [], now: Double(i)) == ["system:capture_1"])
    }
  }

  @Test func settingsThatCannotWorkAreRefusedInOneSentence() {
    #expect(throws: AudioError.badName("")) { try JackConfiguration(clientName: "") }
    #expect(throws: AudioError.badName("a:b")) { try JackConfiguration(clientName: "a:b") }
    let long = String(repeating: "x", count: 61)
    #expect(throws: AudioError.badName(long)) { try JackConfiguration(clientName: long) }
    #expect(throws: AudioError.badServerName("a/b")) { try JackConfiguration(serverName: "a/b") }
    #expect(throws: AudioError.emptyPattern) { try JackConfiguration(connect: .matching("")) }
    #expect(throws: AudioError.emptyPlaybackPattern) { try JackConfiguration(playback: .matching("")) }
    #expect(AudioError.badName("a:b").description.contains("“a:b”"))
  }
}
