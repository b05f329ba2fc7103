// When the service manager is told that all is well, by a clock of the test's own.

import Testing

@testable import Engine

@Suite struct WatchdogTests {
  /// Threads and an audio server that move unless the test stops them, looked at once a second for a manager that
  /// wants to be told every 12 s: something may stand still for 4 s.
  private struct Daemon {
    var watchdog = Watchdog(interval: 12)
    var now = 0.0
    var hands = 0
    var ear = 0
    var cycles = 0
    var looks = 0
    var slept = 0.0
    var isActive = true

    /// Seconds at which the manager was told, and what was found hung at each look.
    mutating func run(
      seconds: Int, step: Double = 1, _ turn: (inout Daemon) -> Void
    ) -> (fed: [Double], hung: [[String]]) {
      var fed: [Double] = []
      var hung: [[String]] = []
      for _ in 0..<seconds {
        turn(&self)
        let signs = Watchdog.Signs(
          threads: [("hands", hands), ("ear", ear)], cycles: cycles, looks: looks, isActive: isActive, slept: slept)
        switch watchdog.look(signs, at: now) {
        case .well: break
        case .feed: fed.append(now)
        case .hung(let names): hung.append(names)
        }
        now += step
      }
      return (fed, hung)
    }

    mutating func turnAll() {
      hands += 1
      ear += 1
      cycles += 1
      looks += 1
    }
  }

  @Test func isFedAtHalfTheIntervalWhileAllMoves() {
    var daemon = Daemon()
    let (fed, hung) = daemon.run(seconds: 30) { $0.turnAll() }
    #expect(fed == [0, 6, 12, 18, 24] && hung.isEmpty)
  }

  @Test(arguments: ["hands", "ear"]) func aThreadThatStandsStillStopsTheFeeding(name: String) {
    var daemon = Daemon()
    _ = daemon.run(seconds: 8) { $0.turnAll() }
    let (fed, hung) = daemon.run(seconds: 12) { daemon in
      let before = (daemon.hands, daemon.ear)
      daemon.turnAll()
      if name == "hands" { daemon.hands = before.0 } else { daemon.ear = before.1 }
    }
    // It moved last at 7; at 11 that is just a third of the interval ago.
    #expect(fed.isEmpty && hung == Array(repeating: [name], count: 8))
  }

  @Test func aThreadThatIsSlowOrComesBackIsForgiven() {
    var daemon = Daemon()
    let slow = daemon.run(seconds: 40) { daemon in
      let hands = daemon.hands
      daemon.turnAll()
      if Int(daemon.now) % 4 != 0 { daemon.hands = hands }
    }
    #expect(slow.hung.isEmpty && slow.fed.count == 7)
    _ = daemon.run(seconds: 8) { $0.cycles += 1 }
    let after = daemon.run(seconds: 1) { $0.turnAll() }
    #expect(after.fed.count == 1)
  }

  @Test func cyclesOrTheSearchForAServerMustGetOn() {
    var daemon = Daemon()
    _ = daemon.run(seconds: 6) { $0.turnAll() }
    // The server is gone, and the supervisor looks for it.
    daemon.isActive = false
    let searching = daemon.run(seconds: 20) { daemon in
      daemon.turnAll()
      daemon.cycles -= 1
    }
    #expect(searching.hung.isEmpty && searching.fed.count == 4)
    // A call into the server hangs.
    let hanging = daemon.run(seconds: 10) { daemon in
      daemon.hands += 1
      daemon.ear += 1
    }
    #expect(hanging.fed.isEmpty && hanging.hung.last == [Watchdog.audio])
  }

  @Test func aSupervisorThatHangsIsForgivenWhileCyclesRun() {
    var daemon = Daemon()
    let (fed, hung) = daemon.run(seconds: 20) { daemon in
      daemon.turnAll()
      daemon.looks = 0
    }
    #expect(fed.count == 4 && hung.isEmpty)
  }

  @Test func cyclesThatStopWhileAServerIsBelievedToRunAreAHang() {
    var daemon = Daemon()
    _ = daemon.run(seconds: 2) { $0.turnAll() }
    let (fed, hung) = daemon.run(seconds: 10) { daemon in
      daemon.turnAll()
      daemon.cycles = 2
    }
    #expect(fed.isEmpty && hung.last == [Watchdog.audio])
  }

  @Test func aSleepOfTheMachineBlamesNobody() {
    var daemon = Daemon()
    _ = daemon.run(seconds: 6) { $0.turnAll() }
    // Everything has stood still for 3 s when the machine falls asleep, and takes 3 s more to come back.
    let before = daemon.run(seconds: 4) { _ in }
    daemon.slept = 3600
    let after = daemon.run(seconds: 3) { _ in }
    let awake = daemon.run(seconds: 12) { $0.turnAll() }
    #expect(before.hung.isEmpty && after.hung.isEmpty && awake.hung.isEmpty && !awake.fed.isEmpty)
    // But a server that does not come back is one that is lost, and a supervisor that does not notice hangs.
    daemon.slept += 3600
    let dead = daemon.run(seconds: 10) { daemon in
      daemon.turnAll()
      daemon.cycles = 0
    }
    #expect(dead.hung.last == [Watchdog.audio])
  }

  @Test func whoWasStoppedHimselfBlamesNobody() {
    var daemon = Daemon()
    _ = daemon.run(seconds: 6) { $0.turnAll() }
    daemon.now += 100
    let (fed, hung) = daemon.run(seconds: 2) { _ in }
    #expect(hung.isEmpty && !fed.isEmpty)
  }
}
