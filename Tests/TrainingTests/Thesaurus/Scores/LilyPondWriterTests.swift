// Scores as LilyPond input.
import Music
import Testing

@testable import Training

@Suite struct LilyPondWriterTests {
  private let octatonic = ThesaurusPattern(.tritone, offsets: [3])!

  @Test func aShortPatternIsOneLine() {
    let text = LilyPondNotes.text(PatternLine(PatternEntry(octatonic), .up))
    #expect(
      text == "\\cadenzaOn \\clef treble \\open c'4 ees'4 \\bar \"\" "
        + "\\open fis'4 a'4 \\bar \"\" \\open c''4 \\bar \"|.\"")
  }

  @Test func theTurnHasABarLineThatEndsNoShortStaff() {
    let text = LilyPondNotes.text(PatternLine(PatternEntry(octatonic), .both), breaks: false)
    #expect(
      text == "\\cadenzaOn \\clef treble \\open c'4 ees'4 \\open fis'4 a'4 \\open c''4 \\bar \"||\" "
        + "\\noBreak a'4 \\open fis'4 ees'4 \\open c'4 \\bar \"|.\"")
  }

  @Test func aNaturalSoonAfterAnAccidentalShowsItsSign() {
    let chromatic = ThesaurusPattern(.wholeTone, offsets: [-1, -2])!
    let text = LilyPondNotes.text(PatternLine(PatternEntry(chromatic, start: 61), .up))
    #expect(text.hasPrefix("\\cadenzaOn \\clef treble \\open des'4 c'4 b4 \\bar \"\" \\open ees'4 d'!4 cis'4"))
  }

  @Test func octavesAreMarked() {
    let seven = LilyPondNotes.text(PatternLine(PatternEntry(ThesaurusPattern(.septitone, offsets: [1])!), .up))
    #expect(seven.hasPrefix("\\cadenzaOn \\clef bass \\ottava #-1 \\open c,,4 cis,,4 "))
    #expect(seven.contains("\\clef treble "))
    #expect(seven.hasSuffix("\\bar \"|.\""))
  }

  @Test func wordsCannotLeaveTheirQuotes() {
    let nasty = "a\" } \\score #(system \"x\")\n\\\\"
    #expect(LilyPondWriter.quoted(nasty) == #""a\" } \\score #(system \"x\") \\\\""#)
    let entry = PatternEntry(octatonic, label: nasty, caption: nasty)
    for score in [PatternScore.sheet([entry], title: nasty, subtitle: nasty), .strip([entry]), .grid([[entry]])] {
      let text = LilyPondWriter.text(score)
      #expect(text.contains(#""a\" } \\score #(system \"x\") \\\\""#))
      #expect(!text.contains("a\" }  "))
      #expect(!text.contains("\n\\\\\\\\"))
    }
  }

  @Test func layoutsDifferInTheirFrames() {
    let entry = PatternEntry(octatonic, label: "0.5", caption: "new")
    let sheet = LilyPondWriter.text(.sheet([entry], title: "T"))
    #expect(sheet.contains("title = \\markup \\fontsize #-2 \"T\""))
    #expect(sheet.contains("piece = \\markup \\bold \"0.5\""))
    #expect(sheet.contains("opus = \\markup \\italic \\fontsize #-1 \"new\""))
    #expect(sheet.contains("set-paper-size \"a4\""))
    let strip = LilyPondWriter.text(.strip([entry]), paper: .picture)
    #expect(strip.contains("instrumentName = \\markup \\bold \"0.5\""))
    #expect(strip.contains("\"tritone/interpolation/1:3\""))
    #expect(strip.contains("one-page-breaking"))
    let grid = LilyPondWriter.text(.grid(Array(repeating: Array(repeating: entry, count: 5), count: 5)))
    #expect(grid.components(separatedBy: "\\box").count == 26)
    #expect(grid.components(separatedBy: "\\markup \\line {").count == 6)
    #expect(grid.contains("paper-width = 294\\mm"))
  }
}
