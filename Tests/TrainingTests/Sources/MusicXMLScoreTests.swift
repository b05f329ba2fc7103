// Tests of reading MusicXML.

import Foundation
import Music
import Testing

@testable import Training

@Suite struct MusicXMLScoreTests {
  private let tempo60 = "<direction><sound tempo=\"60\"/></direction>"

  @Test func notesChordsAndRestsTakeTheirPlaces() throws {
    let score = try MusicXMLScore(
      data: musicXML(parts: [
        measure(
          divisions: 2,
          tempo60 + note("C4", 2) + "<note><rest/><duration>1</duration></note>" + note("E4", 3)
            + note("Bb4", 3, extra: "<chord/>"))
      ]))
    #expect(score.notes.map(\.pitch) == [60, 64, 70])
    #expect(score.notes.map(\.onset) == [0, 1.5, 1.5])
    #expect(score.notes.map(\.duration) == [1, 1.5, 1.5])
    #expect(score.finalBass == 64)
  }

  @Test func backupAndForwardMoveWithinTheMeasure() throws {
    let score = try MusicXMLScore(
      data: musicXML(parts: [
        measure(
          divisions: 1,
          tempo60 + note("C5", 4) + "<backup><duration>4</duration></backup>"
            + "<forward><duration>1</duration></forward>" + note("C3", 1))
          + measure(note("D5", 1))
      ]))
    #expect(score.notes.map(\.pitch) == [72, 48, 74])
    // The second measure begins after the longest voice of the first, not after the last.
    #expect(score.notes.map(\.onset) == [0, 1, 4])
  }

  @Test func tiesMakeOneNoteAlsoAcrossMeasures() throws {
    let score = try MusicXMLScore(
      data: musicXML(parts: [
        measure(divisions: 1, tempo60 + note("C4", 4, ties: ["start"]))
          + measure(note("C4", 4, ties: ["stop", "start"])) + measure(note("C4", 1, ties: ["stop"]) + note("C4", 1))
      ]))
    #expect(score.notes.map(\.duration) == [9, 1])
  }

  @Test func graceAndCueNotesAreSkipped() throws {
    let score = try MusicXMLScore(
      data: musicXML(parts: [
        measure(
          divisions: 1,
          tempo60 + "<note><grace/><pitch><step>D</step><octave>4</octave></pitch></note>" + note("C4", 1)
            + note("E4", 1, extra: "<cue/>") + note("G4", 1))
      ]))
    #expect(score.notes.map(\.pitch) == [60, 67])
    #expect(score.notes.map(\.onset) == [0, 2])
  }

  @Test func temposOfOnePartCountForAll() throws {
    let score = try MusicXMLScore(
      data: musicXML(parts: [
        measure(divisions: 1, note("C4", 3)) + measure("<sound tempo=\"180\"/>" + note("D4", 3)),
        measure(divisions: 4, note("C3", 12)) + measure(note("D3", 12)),
      ]))
    // 90 quarters a minute where nothing is said.
    #expect(score.notes.map(\.onset) == [0, 0, 2, 2])
    #expect(score.notes.map(\.duration) == [2, 2, 1, 1])
    #expect(score.notes.map(\.channel) == [1, 0, 1, 0])
  }

  @Test func transposingPartsSoundAtPitchAndTheirSignaturesDoNotCount() throws {
    let clarinet =
      "<measure><attributes><divisions>1</divisions><transpose><diatonic>-1</diatonic><chromatic>-2</chromatic>"
      + "</transpose><key><fifths>2</fifths></key></attributes>\(note("D4", 1))</measure>"
    let score = try MusicXMLScore(data: musicXML(parts: [clarinet, measure(divisions: 1, fifths: 0, note("C3", 1))]))
    #expect(score.notes.map(\.pitch) == [48, 60])
    #expect(score.keySignatures.map(\.fifths) == [0])
  }

  @Test func signaturesCarryTheirTimes() throws {
    let score = try MusicXMLScore(
      data: musicXML(parts: [
        measure(divisions: 1, fifths: -3, tempo60 + note("C4", 4)) + measure(fifths: 0, note("C4", 4))
      ]))
    #expect(score.keySignatures == [.init(time: 0, fifths: -3), .init(time: 4, fifths: 0)])
  }

  @Test(arguments: [
    ("", "no MusicXML score"), ("<html/>", "no MusicXML score"), ("<score-partwise><part>", "too early"),
    ("<score-partwise></part>", "well-formed"),
    ("<score-timewise/>", "timewise"),
  ])
  func otherDataAreRefusedWithTheReason(text: String, reason: String) {
    let error = #expect(throws: SourceError.self) { try MusicXMLScore(data: Data(text.utf8)) }
    #expect(error?.description.contains(reason) == true)
  }

  @Test func numbersOutOfRangeNeverTrap() throws {
    for number in ["99999999999999999999", "-9223372036854775808", "1e308", "nan", "inf", "", "x", "-1"] {
      let text =
        "<measure><attributes><divisions>\(number)</divisions><key><fifths>\(number)</fifths></key>"
        + "<transpose><chromatic>\(number)</chromatic><octave-change>\(number)</octave-change></transpose></attributes>"
        + "<sound tempo=\"\(number)\"/><note><pitch><step>C</step><alter>\(number)</alter><octave>\(number)</octave>"
        + "</pitch><duration>\(number)</duration></note><backup><duration>\(number)</duration></backup></measure>"
      let score = try MusicXMLScore(data: musicXML(parts: [text + measure(note("C4", 1))]))
      #expect(score.notes.allSatisfy { $0.onset.isFinite && $0.duration.isFinite })
    }
  }

  @Test func everyTruncationGivesAnErrorOrAScore() {
    let whole = musicXML(parts: [measure(divisions: 1, fifths: 1, note("C4", 1, ties: ["start"]))])
    for length in 0..<whole.count {
      #expect(throws: SourceError.self) { try MusicXMLScore(data: whole.prefix(length)) }
    }
  }
}
