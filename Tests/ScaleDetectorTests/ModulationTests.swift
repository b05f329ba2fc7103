// When the past is forgotten, and when not.

import Testing

@testable import ScaleDetector

@Suite struct ModulationTests {
  @Test func aClearAndLastingDisagreementIsAModulation() {
    var modulation = Modulation()
    let answers = (0..<6).map { _ in modulation.process(whole: [0.8, 0.2], recent: [0.04, 0.96]) }
    #expect(answers == [false, false, false, false, false, true])
    let next = modulation.process(whole: [0.8, 0.2], recent: [0.04, 0.96])
    #expect(!next, "it starts to count anew")
  }

  @Test(arguments: [[Float(0.3), 0.7], [0.45, 0.55], [0.9, 0.1], [0.06, 0.94]])
  func doubtIsNone(_ recent: [Float]) {
    var modulation = Modulation()
    let answers = (0..<50).map { _ in modulation.process(whole: [0.8, 0.2], recent: recent) }
    #expect(!answers.contains(true))
  }

  @Test func agreementInBetweenStartsTheCountAnew() {
    var modulation = Modulation()
    let answers = (0..<160).map { step in modulation.process(whole: [1, 0], recent: step % 6 == 5 ? [1, 0] : [0, 1]) }
    #expect(!answers.contains(true))
  }
}
