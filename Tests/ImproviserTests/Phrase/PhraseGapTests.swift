// How the silence that ends a phrase follows the player's pace.

import Testing

@testable import Improviser

struct PhraseGapTests {
  @Test func startsInTheMiddle() {
    #expect(PhraseGap().seconds == 0.6)
  }

  @Test(arguments: [(0.1, 0.25), (0.3, 0.345), (0.5, 0.575), (1.5, 0.8)])
  func followsThePace(interOnset: Double, gap: Double) {
    var rule = PhraseGap()
    for _ in 0..<12 { rule.hear(interOnset: interOnset) }
    #expect(abs(rule.seconds - gap) < 1e-9)
  }

  @Test func aLongNoteAmongShortOnesCounts() {
    var rule = PhraseGap()
    for time in [0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.25, 0.25] { rule.hear(interOnset: time) }
    #expect(rule.seconds > 0.5)
  }

  @Test func pausesAndSpreadChordsAreNoPace() {
    var rule = PhraseGap()
    for time in [0.01, 5, -1, .nan] { rule.hear(interOnset: time) }
    #expect(rule.seconds == 0.6)
  }
}
