// Symmetrical scales as patterns: the right ones, and only when they last.

import Music
import Testing

@testable import ScaleDetector

@Suite struct SymmetricScaleTests {
  @Test func aScaleIsTheSimplestPatternWithItsNotes() throws {
    for family in ScaleFamily.allCases {
      let scale = Scale(tonic: PitchClass(wrapping: 4), family: family)
      let pattern = scale.pattern
      #expect((pattern != nil) == [.wholeTone, .octatonicHalfWhole, .octatonicWholeHalf].contains(family))
      guard let pattern else { continue }
      let mask = family.intervals.reduce(UInt16(0)) { $0 | 1 << UInt16($1) }
      let same = PatternList.all.patterns.filter {
        $0.progression.octaves == 1 && $0.count <= 2 && $0.pitchClasses == mask
      }
      let fewest = try #require(same.map(\.count).min())
      #expect(pattern.tonic == scale.tonic && pattern.pattern.count == fewest)
      #expect(same.first { $0.count == fewest } == pattern.pattern)
      #expect(pattern.pitchClasses == scale.mask)
    }
  }

  @Test func itMustLastFourSeconds() {
    let scale = Scale(tonic: PitchClass(wrapping: 0), family: .octatonicHalfWhole)
    var symmetric = SymmetricScale()
    for _ in 0..<21 { symmetric.process(scale, confidence: 0.8) }
    #expect(symmetric.pattern == nil)
    symmetric.process(scale, confidence: 0.8)
    #expect(symmetric.pattern?.pattern.name == "sesquitone/interpolation/1:1")
    symmetric.process(Scale(tonic: PitchClass(wrapping: 0), family: .major), confidence: 0.8)
    #expect(symmetric.pattern == nil)
  }

  @Test func doubtAndOtherScalesHaveNoName() {
    var symmetric = SymmetricScale()
    for _ in 0..<60 {
      symmetric.process(Scale(tonic: PitchClass(wrapping: 0), family: .octatonicHalfWhole), confidence: 0.4)
    }
    #expect(symmetric.pattern == nil)
    for _ in 0..<60 { symmetric.process(Scale(tonic: PitchClass(wrapping: 0), family: .major), confidence: 1) }
    for _ in 0..<60 { symmetric.process(nil, confidence: 1) }
    #expect(symmetric.pattern == nil)
  }
}
