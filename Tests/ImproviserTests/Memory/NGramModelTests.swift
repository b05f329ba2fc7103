// The n-gram model: exact probabilities, forgetting, degenerate sequences.
import Testing

@testable import Improviser

@Suite struct NGramModelTests {
  @Test(arguments: NGramEscape.allCases)
  func everyDistributionHasTheSumOneAndNoZero(_ escape: NGramEscape) {
    var generator = SeededGenerator(seed: 1)
    let model = NGramModel(symbolCount: 129, order: 5, escape: escape)
    var context = NGramContext()
    for step in 0..<2000 {
      let symbol = Int(generator.uniform() * generator.uniform() * 129)
      model.observe(symbol, in: context)
      context.push(symbol)
      guard step % 97 == 0 else { continue }
      for order in 0...6 {
        let values = model.distribution(in: context, upTo: order)
        #expect(isNormalised(values) && values.allSatisfy { $0 > 0 })
      }
    }
  }

  /// By hand, method C: the context "1" was followed by 2 twice and by 3 once; all four symbols occur in "1 2 1 2 1 3".
  @Test func theProbabilitiesAreThoseOfMethodC() {
    let model = NGramModel(symbolCount: 4, order: 1, escape: .c)
    model.learn([1, 2, 1, 2, 1, 3])
    let uniform = 0.25
    let unigram = [0, 3, 2, 1].map { (Double($0) + 3 * uniform) / (6 + 3) }
    let expected = [(0, 0.0), (1, 0), (2, 2), (3, 1)].map { ($0.1 + 2 * unigram[$0.0]) / (3 + 2) }
    for (value, wanted) in zip(model.distribution(in: context([1])), expected) {
      #expect(abs(Double(value) - wanted) < 1e-6)
    }
  }

  @Test func methodsDifferAsTheirFormulasDo() {
    let values = NGramEscape.allCases.map { escape -> Float in
      let model = NGramModel(symbolCount: 4, order: 0, escape: escape)
      model.learn([0, 0, 0, 1])
      return model.distribution(in: NGramContext())[0]
    }
    let quarter: Float = 0.25
    let expected: [Float] = [
      (3 + quarter) / 5, (2 + 2 * quarter) / 4, (3 + 2 * quarter) / 6, (2.5 + quarter) / 4, (3 + 2 * quarter) / 6,
    ]
    for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) < 1e-6) }
  }

  @Test func withoutObservationsAllIsAlike() {
    let model = NGramModel(symbolCount: 5, order: 3)
    #expect(model.distribution(in: context([1, 2, 3])) == [Float](repeating: 0.2, count: 5))
    #expect(model.matchedOrder(in: context([1])) == nil)
  }

  @Test func oneSymbolIsCertain() {
    let model = NGramModel(symbolCount: 1, order: 3)
    let context = model.learn([0, 0, 0])
    #expect(model.distribution(in: context) == [1])
  }

  @Test func twentyThousandRepeatsStayExact() {
    let model = NGramModel(symbolCount: 128, order: 5, window: 20_000)
    let context = model.learn(repeatElement(60, count: 45_000))
    let values = model.distribution(in: context)
    #expect(model.count == 20_000)
    #expect(isNormalised(values) && values.allSatisfy { $0 > 0 })
    #expect(values[60] > 0.999)
  }

  @Test func theWindowForgetsExactly() {
    var generator = SeededGenerator(seed: 9)
    let symbols = (0..<700).map { _ in Int(generator.uniform() * 6) }
    let bounded = NGramModel(symbolCount: 6, order: 4, window: 100)
    bounded.learn(symbols)
    let fresh = NGramModel(symbolCount: 6, order: 4)
    var before = context(symbols[(600 - NGramContext.deepest)..<600].map { $0 })
    for symbol in symbols[600...] {
      fresh.observe(symbol, in: before)
      before.push(symbol)
    }
    #expect(bounded.count == 100)
    #expect(bounded.contexts().map(\.key) == fresh.contexts().map(\.key))
    for (left, right) in zip(bounded.contexts(), fresh.contexts()) {
      #expect(left.symbols.elementsEqual(right.symbols) { $0 == $1 })
    }
    for (left, right) in zip(bounded.distribution(in: before), fresh.distribution(in: before)) {
      #expect(abs(left - right) < 1e-6)
    }
  }

  @Test func resetForgetsEverything() {
    let model = NGramModel(symbolCount: 4, order: 2, window: 50)
    let context = model.learn((0..<200).map { $0 % 4 })
    model.reset()
    #expect(model.count == 0 && model.contexts().isEmpty)
    #expect(model.distribution(in: context) == [0.25, 0.25, 0.25, 0.25])
    model.learn([1, 1])
    #expect(model.distribution(in: NGramContext())[1] > 0.5)
  }

  @Test func symbolsOutsideTheAlphabetAreIgnored() {
    let model = NGramModel(symbolCount: 4, order: 2)
    for symbol in [-1, 4, Int.max, Int.min] { model.observe(symbol, in: NGramContext()) }
    #expect(model.count == 0)
  }

  @Test func longerContextsKnowBetter() {
    let model = NGramModel(symbolCount: 8, order: 3)
    let end = model.learn((0..<60).map { [0, 1, 2, 0, 1, 3][$0 % 6] })
    // … 0 1 3, so 0 comes next, and after 3 0 1 comes 2 and not 3.
    #expect(model.distribution(in: end)[0] > 0.9)
    #expect(model.matchedOrder(in: end) == 3)
    let next = model.distribution(in: end.pushing(0).pushing(1))
    #expect(next[2] > 0.85 && next[3] < 0.15)
    let shorter = model.distribution(in: end.pushing(0).pushing(1), upTo: 1)
    #expect(abs(shorter[2] - shorter[3]) < 0.05)
  }

  @Test func manyContextsAreFoundAgain() {
    let model = NGramModel(symbolCount: 256, order: 2)
    for symbol in 0..<256 { for next in 0..<24 { model.observe(next, in: context([symbol, 255 - symbol])) } }
    #expect(model.contexts().count == 1 + 256 + 256)
    for symbol in [0, 77, 255] { #expect(model.matchedOrder(in: context([symbol, 255 - symbol])) == 2) }
  }
}
