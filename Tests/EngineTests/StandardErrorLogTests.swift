// The form of log lines.

import Logging
import Testing

@testable import Engine

@Suite struct StandardErrorLogTests {
  @Test func personsReadWordsAndTheJournalPriorities() {
    #expect(StandardErrorLog.line("Up.", level: .info, isJournal: false) == "antiphond: Up.\n")
    #expect(StandardErrorLog.line("Odd.", level: .warning, isJournal: false) == "antiphond: warning: Odd.\n")
    #expect(StandardErrorLog.line("Bad\nly.", level: .error, isJournal: true) == "<3>Bad ly.\n")
    #expect(StandardErrorLog.line("Up.", level: .info, isJournal: true) == "<6>Up.\n")
    #expect(StandardErrorLog.line("Odd.", level: .warning, isJournal: true) == "<4>Odd.\n")
  }
}
