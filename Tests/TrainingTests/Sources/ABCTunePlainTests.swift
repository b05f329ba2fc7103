// Tests of tunes without ornaments.

import Testing

@testable import Training

@Suite struct ABCTunePlainTests {
  private func plain(_ body: String) throws -> [String] {
    let tune = try #require(ABCTune.tunes(in: "X:1\nT:Test {x} ~\nQ:1/2=90\nK:G\n" + body).first)
    return tune.plain.lines.map(String.init)
  }

  @Test func ornamentsGoAndTheTempoIsFixed() throws {
    #expect(try plain("{gf}G~A TB!trill!c|[Q:1/4=60]d") == ["T:Test {x} ~", "Q:1/4=120", "K:G", "GA Bc|d"])
  }

  @Test func fieldsQuotesAndMarksStay() throws {
    #expect(try plain("P:T~\n\"Tonic\"G!f!A [M:3/4]B [K:D]c").suffix(2) == ["P:T~", "\"Tonic\"G!f!A [M:3/4]B [K:D]c"])
  }

  @Test func whatNeverClosesIsKept() throws {
    #expect(try plain("AB{cd").last == "AB{cd")
  }
}
