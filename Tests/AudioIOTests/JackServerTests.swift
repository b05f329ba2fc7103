// JackClient against real jackd servers: births, deaths, names, wiring, periods, stalls.
import CJACK
import Foundation
import Realtime
import Testing

@testable import AudioIO

/// All that speaks to jackd, one test after the other: libjack knows one server in a process.
@Suite(.serialized, .enabled(if: isInstalled("jackd"), "jackd is not installed (Debian package jackd2)"))
enum JackServers {}

extension JackServers {
  @Suite struct JackServerTests {}
}

extension JackServers.JackServerTests {
  @Test("no JACK server at start", .timeLimit(.minutes(10)))
  func startsBeforeTheServer() throws {
    let server = TestServer()
    let ear = try TestInput(server: server.name)
    #expect(eventually { !ear.status.warnings.isEmpty })
    #expect(ear.status.state == .absent)
    #expect(ear.status.warnings.first?.contains("No JACK server “\(server.name)” is running") == true)
    try server.start(rate: 48_000, period: 128)
    #expect(ear.hears(4800))
    let status = ear.status
    #expect(status.state == .active)
    #expect(status.sampleRate == 48_000)
    #expect(status.period == 128)
    #expect(status.clientName == "listen")
    #expect(status.serverName == server.name)
    #expect(status.isRealtime == false)
    #expect(eventually { ear.status.connections == ["system:capture_1"] })
    #expect(ear.status.hasInput)
    #expect(!ear.status.warnings.contains { $0.contains("real-time") })  // the server itself was asked to run without
    #expect(status.callbackWorst > 0 && status.callbackMean > 0 && status.callbackMedian > 0)
  }

  @Test("server SIGKILL, restart with other rate and period", .timeLimit(.minutes(10)))
  func survivesKilledServersAtOtherRatesAndPeriods() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 256)
    let ear = try TestInput(server: server.name)
    #expect(ear.hears(4800))
    for (i, (rate, period)) in [(44_100, 1024), (96_000, 64), (48_000, 512), (22_050, 128), (192_000, 2048)]
      .enumerated()
    {
      server.murder()
      #expect(eventually { ear.status.state != .active })
      try server.start(rate: rate, period: period)
      let epoch = ear.last.epoch
      #expect(ear.listen(within: 20) { ear.last.epoch > epoch && ear.last.sampleRate == rate })
      #expect(ear.hears(rate / 10))
      #expect(eventually { ear.status.connections == ["system:capture_1"] })
      #expect(ear.status.restarts == i + 1)
      #expect(ear.status.period == period)
    }
    #expect(ear.status.state == .active)
    #expect(ear.status.drops == 0)
  }

  @Test("server SIGTERM: reopened when it returns, former connections restored", .timeLimit(.minutes(10)))
  func aServerThatEndsInOrderIsFoundAgain() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 256)
    let ear = try TestInput(server: server.name)
    #expect(ear.hears(4800))
    for restart in 1...2 {
      server.end()
      #expect(eventually { ear.status.state == .absent })
      #expect(ear.status.warnings.first?.contains("No JACK server") == true)
      try server.start(rate: 44_100, period: 128)
      #expect(ear.listen { ear.status.restarts == restart && ear.status.connections == ["system:capture_1"] })
      #expect(ear.hears(4410) && ear.last.sampleRate == 44_100)
    }
  }

  @Test("buffer-size change while running", .timeLimit(.minutes(10)))
  func everyPeriodWhileRunningWithoutAGap() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 1024)
    let ear = try TestInput(server: server.name, connect: .matching("counter:out"))
    #expect(ear.hears(1))
    let source = try #require(TestSource(name: "counter", server: server.name))
    defer { source.close() }
    #expect(ear.listen { ear.status.hasInput })
    for period: UInt32 in [512, 16, 8192, 64, 2048, 32, 4096, 128, 256] {
      #expect(jack_set_buffer_size(source.client, period) == 0)
      #expect(eventually { ear.status.period == Int(period) })
      #expect(ear.hears(Int(period) * 4 + 2000))
    }
    #expect(ear.breaks == 0)
    #expect(ear.status.oversize == 0)
    #expect(ear.status.drops == 0)
    #expect(ear.missing == 0 || ear.status.xruns > 0)
    #expect(ear.last.epoch == 1)
    #expect(ear.status.connections == ["counter:out"])
  }

  @Test("name taken", .timeLimit(.minutes(10)))
  func aTakenNameIsChangedOrWaitedFor() throws {
    let server = TestServer()
    try server.start()
    let first = try TestInput(server: server.name, name: "same")
    #expect(first.hears(1))
    let second = try TestInput(server: server.name, name: "same")
    #expect(second.hears(1))
    #expect(first.status.clientName == "same")
    #expect(second.status.clientName == "same-01")
    let third = try TestInput(server: server.name, name: "same", exactName: true)
    #expect(eventually { !third.status.warnings.isEmpty })
    #expect(third.status.warnings.first?.contains("“same” is taken") == true, "\(third.status)")
    #expect(third.status.state == .absent)
    first.input.stop()
    #expect(third.hears(1))
    #expect(third.status.clientName == "same")
    #expect(third.status.warnings.isEmpty)
  }

  @Test(.timeLimit(.minutes(10))) func aPatternThatMatchesNothingWarnsAndWaits() throws {
    let server = TestServer()
    try server.start()
    let ear = try TestInput(server: server.name, connect: .matching("^sax:.*$"))
    #expect(ear.hears(1))
    #expect(ear.listen { !ear.status.warnings.isEmpty })
    let warning = try #require(ear.status.warnings.first)
    #expect(warning.contains("“^sax:.*$”") && warning.contains("system:capture_1, system:capture_2"))
    #expect(ear.status.state == .active)
    #expect(!ear.status.hasInput)
    let source = try #require(TestSource(name: "sax", server: server.name))
    defer { source.close() }
    #expect(ear.listen { ear.status.connections == ["sax:out"] })
    #expect(ear.listen { ear.status.warnings.isEmpty })
  }

  @Test(
    "capture port removed", .timeLimit(.minutes(10)),
    .enabled(if: isInstalled("jack_simple_client"), "jack_simple_client is not installed"))
  func aKilledSourceIsConnectedAgainWhenItReturns() throws {
    let server = TestServer()
    try server.start(isSynchronous: false)
    let ear = try TestInput(server: server.name, connect: .matching("tone:output1"))
    for _ in 0..<2 {
      let source = try server.run("jack_simple_client", ["tone", server.name])
      defer { source.murder() }
      #expect(ear.listen { ear.status.connections == ["tone:output1"] })
      source.murder()
      #expect(ear.listen { ear.status.connections.isEmpty })
      #expect(ear.status.state == .active)
      #expect(!ear.status.hasInput)
    }
  }

  @Test("server restart: former connections restored", .timeLimit(.minutes(10)))
  func theUsersOwnWiringSurvivesARestart() throws {
    let server = TestServer()
    try server.start()
    let ear = try TestInput(server: server.name, connect: .none)
    #expect(ear.hears(1))
    #expect(ear.status.connections == [])
    let wiring = try server.run("jack_connect", ["system:capture_2", "listen:in_1"])
    wiring.waitUntilExit()
    #expect(ear.listen { ear.status.connections == ["system:capture_2"] })
    server.murder()
    #expect(eventually { ear.status.state != .active })
    try server.start()
    #expect(ear.listen(within: 20) { ear.status.connections == ["system:capture_2"] })
  }

  @Test("process dropped by the server", .timeLimit(.minutes(10)))
  func aSilentlyDroppedCallbackIsFoundByTheHeartbeat() throws {
    let server = TestServer()
    try server.start()
    let ear = try TestInput(server: server.name)
    #expect(ear.hears(1))
    ear.input.inject(fault: ProcessContext.Fault.refuse)
    #expect(ear.listen { ear.status.state != .active })
    #expect(ear.listen { ear.status.restarts == 1 })
    #expect(ear.hears(4800))
    #expect(ear.status.clientName == "listen")
  }

  @Test("ring full", .timeLimit(.minutes(10)))
  func aStalledEarLosesTheNewestCountedAndMarked() throws {
    let server = TestServer()
    try server.start(rate: 192_000, period: 1024)
    let ear = try TestInput(server: server.name, connect: .matching("counter"))
    let source = TestSource.opened(on: server)
    defer { source?.close() }
    #expect(ear.listen { ear.status.hasInput })
    #expect(eventually { ear.status.drops > 10_000 })  // nobody listens
    #expect(ear.hears(ProcessContext.ringCapacity + 10_000))
    #expect(ear.missing >= 10_000)
    #expect(ear.breaks == 0)
    #expect(ear.status.gaps >= 1)
    #expect(ear.status.state == .active)
  }

  @Test("xruns: counted, never the end", .timeLimit(.minutes(10)))
  func aStallOnTheAudioThreadIsAnXrunAndNotTheEnd() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 256)
    let ear = try TestInput(server: server.name)
    #expect(ear.hears(4800))
    ear.input.inject(fault: ProcessContext.Fault.stall)
    #expect(ear.listen { ear.status.callbackWorst > 290_000 })
    #expect(ear.listen { ear.status.xruns > 0 })
    #expect(ear.hears(4800))
    #expect(ear.status.state == .active)
    #expect(ear.status.restarts == 0)
  }

  @Test(
    "freewheel", .timeLimit(.minutes(10)),
    .enabled(if: isInstalled("jack_freewheel"), "jack_freewheel is not installed"))
  func freewheelNeverBlocks() throws {
    let server = TestServer()
    try server.start(isSynchronous: false)
    let ear = try TestInput(server: server.name)
    #expect(ear.listen { ear.status.hasInput })
    try server.run("jack_freewheel", ["y"]).waitUntilExit()
    #expect(eventually { ear.status.isFreewheeling })
    let before = ear.status.cycles
    // 10 s of audio, while nobody listens.
    #expect(eventually { ear.status.cycles > before + 2000 }, "\(ear.status.cycles - before) cycles")
    try server.run("jack_freewheel", ["n"]).waitUntilExit()
    #expect(ear.listen { !ear.status.isFreewheeling })
    #expect(ear.hears(4800))
    #expect(ear.status.state == .active)
  }

  @Test(.timeLimit(.minutes(10))) func stopAndStartAgain() throws {
    let server = TestServer()
    try server.start()
    let ear = try TestInput(server: server.name, start: false)
    #expect(ear.status.state == .absent)
    for _ in 0..<3 {
      ear.input.start()
      #expect(ear.listen { ear.status.state == .active })
      ear.input.stop()
      #expect(ear.status.state == .absent)
    }
    ear.input.stop()
  }

  /// The audio thread's cycle under RealtimeSanitizer; in other builds this only shows that it runs.
  @Test(.timeLimit(.minutes(10))) func theWholeCycleIsRealtimeSafe() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 64)
    let ear = try TestInput(server: server.name)
    #expect(ear.listen { ear.status.cycles > 500 })
    print("process cycles \(ear.status.cycles), checked: \(isRealtimeChecked), mean \(ear.status.callbackMean) µs")
  }
}

extension TestSource {
  /// A source named "counter", as soon as the server is up.
  static func opened(on server: TestServer) -> TestSource? {
    var source: TestSource?
    _ = eventually {
      source = TestSource(name: "counter", server: server.name)
      return source != nil
    }
    return source
  }
}
