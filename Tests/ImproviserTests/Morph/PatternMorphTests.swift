// The pattern at a place between two.

import Music
import Testing

@testable import Improviser

@Suite struct PatternMorphTests {
  private let start = PatternList.all.patterns[17]
  private let end = PatternList.all.patterns[20_000]

  @Test func theEndsAreThePatternsThemselves() throws {
    let morph = PatternMorph(model: try RandomThesaurusModel().model(seed: 1))
    for (a, b) in [(start, end), (end, start), (start, start)] {
      for place in [0, -1, -.infinity, .nan] as [Double] { #expect(morph.pattern(from: a, to: b, at: place) == a) }
      for place in [1, 2, .infinity] as [Double] { #expect(morph.pattern(from: a, to: b, at: place) == b) }
    }
  }

  /// What is kept from step to step changes nothing: a new one finds the same.
  @Test func findsWhatTheDecoderMakesOfTheVector() throws {
    let model = try RandomThesaurusModel().model(seed: 2)
    let (morph, decoder) = (PatternMorph(model: model), PatternDecoder(model: model))
    var patterns: Set<ThesaurusPattern> = []
    for (a, b) in [(start, end), (end, start), (start, PatternList.all.patterns[9])] {
      let (from, to) = (model.encode(a).mean, model.encode(b).mean)
      for step in [5, 5, 10, 50, 90, 50, 1] {
        let place = Double(step) / 100
        let vector = zip(from, to).map { (1 - Float(place)) * $0 + Float(place) * $1 }
        let found = morph.pattern(from: a, to: b, at: place)
        #expect(found == decoder.decode(vector))
        #expect(found == PatternMorph(model: model).pattern(from: a, to: b, at: place))
        patterns.insert(found)
      }
    }
    #expect(patterns.count > 3, "a morph that goes nowhere shows nothing")
  }
}
