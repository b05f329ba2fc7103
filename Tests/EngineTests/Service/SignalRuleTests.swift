// What signals mean with a terminal, without one and under nohup.

import Glibc
import Testing

@testable import Engine

@Suite struct SignalRuleTests {
  @Test(arguments: [SIGTERM, SIGINT]) func theFirstEndsAndALaterOneEndsAtOnce(signal: Int32) {
    var rule = SignalRule(hadTerminal: false, ignoresHangup: false)
    #expect(rule.action(for: signal, hasTerminal: false, at: 1) == .end)
    // `timeout` sends one to the process and one to its group.
    #expect(rule.action(for: SIGTERM, hasTerminal: false, at: 1.05) == .nothing)
    #expect(rule.action(for: signal, hasTerminal: false, at: 1.5) == .exit(128 + signal))
  }

  @Test func withoutATerminalHangupReloads() {
    var rule = SignalRule(hadTerminal: false, ignoresHangup: false)
    #expect(rule.action(for: SIGHUP, hasTerminal: false, at: 1) == .reload)
    #expect(!rule.isWatching(at: 1.1))
    #expect(rule.action(for: SIGHUP, hasTerminal: false, at: 2) == .reload)
    #expect(rule.action(for: SIGTERM, hasTerminal: false, at: 3) == .end)
    #expect(rule.action(for: SIGHUP, hasTerminal: false, at: 3.5) == .nothing)
  }

  @Test func aTerminalThatIsGoneEnds() {
    var rule = SignalRule(hadTerminal: true, ignoresHangup: false)
    #expect(rule.action(for: SIGHUP, hasTerminal: true, at: 1) == .reload)
    #expect(rule.action(for: SIGHUP, hasTerminal: false, at: 100) == .end)
    #expect(rule.action(for: SIGHUP, hasTerminal: false, at: 101) == .nothing)
    #expect(rule.action(for: SIGINT, hasTerminal: false, at: 102) == .exit(130))
  }

  /// A login shell passes SIGHUP on to its jobs before it ends, and only then the terminal goes.
  @Test func aTerminalThatGoesSoonAfterEndsToo() {
    var rule = SignalRule(hadTerminal: true, ignoresHangup: false)
    #expect(!rule.isWatching(at: 0.9))
    #expect(rule.action(for: SIGHUP, hasTerminal: true, at: 1) == .reload)
    #expect(rule.isWatching(at: 1.2))
    #expect(rule.action(for: nil, hasTerminal: true, at: 1.25) == .nothing)
    #expect(rule.action(for: nil, hasTerminal: false, at: 1.5) == .end)
    #expect(!rule.isWatching(at: 1.6))
    var other = SignalRule(hadTerminal: true, ignoresHangup: false)
    _ = other.action(for: SIGHUP, hasTerminal: true, at: 1)
    #expect(!other.isWatching(at: 1 + SignalRule.farewell))
  }

  @Test func underNohupTheTerminalMayGo() {
    var rule = SignalRule(hadTerminal: true, ignoresHangup: true)
    #expect(rule.action(for: SIGHUP, hasTerminal: false, at: 1) == .reload)
    #expect(!rule.isWatching(at: 1.1))
    #expect(rule.action(for: nil, hasTerminal: false, at: 1.2) == .nothing)
    #expect(rule.action(for: SIGTERM, hasTerminal: false, at: 2) == .end)
  }
}
