// Tests of the rule that labels songs.

import Foundation
import Music
import Testing

@testable import Training

@Suite struct SignatureRuleTests {
  private func label(_ measures: String) throws -> Result<Scale, SignatureRule.Reason> {
    let score = try MusicXMLScore(data: musicXML(parts: [measures]))
    return SignatureRule.label(score).map { Scale(tonic: $0.tonic, family: $0.families[0]) }
  }

  @Test(arguments: [
    (-3, "Eb2", "E♭ major"), (-3, "C2", "C natural minor"), (6, "F#3", "F♯ major"), (-6, "Eb3", "E♭ natural minor"),
    (0, "A1", "A natural minor"), (7, "C#3", "D♭ major"), (4, "C#3", "C♯ natural minor"),
  ])
  func theLastBassNoteChoosesBetweenTheRelatives(fifths: Int, bass: String, name: String) throws {
    let measures =
      measure(divisions: 1, fifths: fifths, note("D4", 4)) + measure(note("G5", 4) + note(bass, 4, extra: "<chord/>"))
    #expect(try label(measures).get().name == name)
  }

  @Test func minorSongsMayHaveAnyMinorScale() throws {
    let score = try MusicXMLScore(data: musicXML(parts: [measure(divisions: 1, fifths: 0, note("A2", 4))]))
    #expect(
      try SignatureRule.label(score).get().families == [.naturalMinor, .harmonicMinor, .melodicMinor])
  }

  @Test func uncertainSongsAreLeftOutWithTheReason() throws {
    #expect(try label(measure(divisions: 1, fifths: 0, "")) == .failure(.noNotes))
    #expect(try label(measure(divisions: 1, note("C2", 1))) == .failure(.noSignature))
    #expect(try label(measure(divisions: 1, fifths: 0, note("G2", 1))) == .failure(.otherBass))
    let changed = measure(divisions: 1, fifths: 0, note("C2", 1)) + measure(fifths: 1, note("G2", 1))
    #expect(try label(changed) == .failure(.changes))
    let fine = measure(divisions: 1, fifths: 0, note("C2", 1) + "<sound fine=\"yes\"/>")
    #expect(try label(fine) == .failure(.elsewhere))
    let returned = changed + measure(fifths: 0, note("C2", 1))
    #expect(try label(returned).get().name == "C major")
  }
}
