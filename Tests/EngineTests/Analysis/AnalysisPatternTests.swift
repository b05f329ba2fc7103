// Patterns of the Thesaurus in what an analysis prints.

import Foundation
import Music
import Testing

@testable import Engine

@Suite struct AnalysisPatternTests {
  private func octatonic(confidence: Double = 0.9, seconds: Double = 9) -> AnalysisResult {
    var result = someResult()
    let scale = Scale(tonic: PitchClass(wrapping: 0), family: .octatonicHalfWhole)
    result.whole = ScaleBelief(scale: scale, confidence: confidence)
    result.segments = [ScaleSegment(start: 0, end: seconds, scale: scale, confidence: confidence)]
    return result
  }

  @Test func aSymmetricalScaleIsNamedAsAPattern() {
    let result = octatonic()
    #expect(result.text.contains("whole: C octatonic (half-whole) 90 %; Thesaurus: C sesquitone/interpolation/1:1"))
    #expect(result.text.hasSuffix("90 %; Thesaurus: C sesquitone/interpolation/1:1"))
    #expect(result.json.components(separatedBy: "\"pattern\":\"C sesquitone/interpolation/1:1\"").count == 3)
  }

  @Test func whatIsDoubtfulOrShortOrNoPatternIsNot() {
    #expect(!octatonic(confidence: 0.4).text.contains("Thesaurus"))
    #expect(!someResult().text.contains("Thesaurus") && !someResult().json.contains("pattern"))
    #expect(octatonic(seconds: 3).segments[0].pattern == nil && octatonic(seconds: 4).segments[0].pattern != nil)
  }
}
