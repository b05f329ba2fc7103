// Tests of reading the text of tunes in ABC notation.

import Music
import Testing

@testable import Training

@Suite struct ABCTests {
  @Test(arguments: [
    ("G", "G major"), (" D ", "D major"), ("Bb", "B♭ major"), ("Am", "A minor"), ("F#m", "F♯ minor"),
    ("A Dorian % as printed", "A dorian"), ("Dmix", "D mixolydian"), ("EMin", "E minor"), (" Glydian", "G lydian"),
    ("Bphr", "B phrygian"), ("C locrian", "C locrian"), ("D Aeolian", "D minor"), ("D Major", "D major"),
    ("G clef=treble", "G major"),
  ])
  func keysAreRead(field: String, scale: String) throws {
    let key = try #require(ABCKey(field))
    #expect(Scale(tonic: key.tonic, family: key.family) == Scale(name: scale))
  }

  @Test(arguments: ["", "Hp", "HP", "none", "EM", "Bn", "Dmix=c", "D exp ^f", "D ^c", "%", "g", "A raga"])
  func keysWithoutACertainScaleAreRefused(field: String) {
    #expect(ABCKey(field) == nil)
  }

  @Test func aFileIsSplitIntoItsTunes() {
    let text = """
      %abc
      A heading
      X:7
      T: First % tune
      K:G
      GABc|
      K:D
      defg|

      Words between tunes
      X:7
      T:Second
      T:Other title
      K:Am
      ABcd|
      """
    let tunes = ABCTune.tunes(in: text)
    #expect(tunes.map(\.title) == ["First % tune", "Second"])
    #expect(tunes.map(\.key) == ["G", "Am"])
    #expect(tunes.map(\.changesKey) == [true, false])
    #expect(tunes[0].text(numbered: 3) == "X:3\nT: First % tune\nK:G\nGABc|\nK:D\ndefg|\n\n")
  }

  @Test func keysInsideALineAreNoticed() {
    #expect(ABCTune.tunes(in: "X:1\nK:C\nCDEF|[K:G]GABc|").map(\.changesKey) == [true])
    #expect(ABCTune.tunes(in: "X:1\nT:No key").map(\.key) == [nil])
    #expect(ABCTune.tunes(in: "").isEmpty)
    #expect(ABCTune.tunes(in: "X:1").count == 1)
  }
}
