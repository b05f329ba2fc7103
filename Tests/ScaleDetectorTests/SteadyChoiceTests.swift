// The choice of what is shown must hold still, and must follow.

import Testing

@testable import ScaleDetector

@Suite struct SteadyChoiceTests {
  /// A posterior over three major scales.
  private func posterior(_ first: [Float]) -> Posterior {
    Posterior(
      families: [.major], hasNone: false, probabilities: first + [Float](repeating: 0, count: 12 - first.count))
  }

  @Test func theFirstAnswerIsShownAtOnce() {
    var choice = SteadyChoice()
    choice.process(posterior([0.1, 0.7, 0.2]))
    #expect(choice.shown == 1)
  }

  @Test func candidatesThatTakeTurnsDoNotFlicker() {
    var choice = SteadyChoice()
    choice.process(posterior([0.5, 0.5, 0]))
    let first = choice.shown
    for step in 0..<200 {
      choice.process(posterior(step % 2 == 0 ? [0.45, 0.55, 0] : [0.55, 0.45, 0]))
      #expect(choice.shown == first)
    }
  }

  @Test(arguments: [(Float(0.9), 3), (0.65, 8), (0.55, 22)])
  func theClearerTheLeadTheSoonerItIsShown(_ probability: Float, _ steps: Int) {
    var choice = SteadyChoice()
    choice.process(posterior([1, 0]))
    for step in 1...steps {
      choice.process(posterior([1 - probability, probability]))
      #expect(choice.shown == (step < steps ? 0 : 1))
    }
  }

  @Test func anInterruptedLeadStartsAnew() {
    var choice = SteadyChoice()
    choice.process(posterior([1, 0, 0]))
    for _ in 0..<7 { choice.process(posterior([0.3, 0.6, 0.1])) }
    choice.process(posterior([0.6, 0.3, 0.1]))
    for _ in 0..<7 { choice.process(posterior([0.3, 0.6, 0.1])) }
    #expect(choice.shown == 0)
    choice.process(posterior([0.3, 0.6, 0.1]))
    #expect(choice.shown == 1)
  }
}
