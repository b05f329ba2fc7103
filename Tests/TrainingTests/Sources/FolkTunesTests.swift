// Tests of labelling folk tunes.

import Foundation
import Music
import Testing

@testable import Training

@Suite struct FolkTunesTests {
  static let hasConverter = (try? ExternalProgram("abc2midi", package: "abcmidi")) != nil

  /// Notes of the given degrees above A, each with its seconds.
  private func notes(_ seconds: [(degree: Int, seconds: Double)]) -> [Note] {
    seconds.map { Note(pitch: 69 + $0.degree, onset: 0, duration: $0.seconds) }
  }

  private func families(_ key: String, _ seconds: [(degree: Int, seconds: Double)]) throws -> [ScaleFamily] {
    FolkTunes.families(of: try #require(ABCKey(key)), notes: notes(seconds))
  }

  @Test func aRaisedLeadingNoteAddsTheHarmonicMinor() throws {
    #expect(try families("Am", [(0, 4), (11, 2), (10, 1)]) == [.naturalMinor])
    #expect(try families("Am", [(0, 4), (11, 3), (10, 1)]) == [.naturalMinor, .harmonicMinor])
    #expect(try families("Am", [(0, 4), (8, 1)]) == [.naturalMinor])
    #expect(try families("Am", [(11, 3), (9, 2), (8, 1)]) == [.naturalMinor, .harmonicMinor, .melodicMinor])
    #expect(try families("Ador", [(11, 3), (9, 2)]) == [.dorian])
  }

  @Test func fivePitchClassesAddTheMajorPentatonic() throws {
    let five = [0, 2, 4, 7, 9].map { (degree: $0, seconds: 1.0) }
    #expect(try families("A", five) == [.major, .majorPentatonic])
    #expect(try families("A", five + [(11, 0.1)]) == [.major])
    #expect(try families("A", Array(five.dropLast())) == [.major])
  }

  @Test(.enabled(if: hasConverter, "abc2midi is not installed"))
  func aFolderOfTunesIsReadAndCounted() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      X:1
      T:Plain scale
      M:4/4
      L:1/4
      Q:1/4=120
      K:D
      DEFG|ABcd|dcBA|GFED|D4|

      X:1
      T:Two keys
      M:4/4
      L:1/4
      K:D
      DEFG|ABcd|
      K:G
      dcBA|GFED|D4|

      X:9
      T:Pipes
      L:1/4
      K:Hp
      ABcd|efga|ABcd|efga|A4|

      X:10
      T:Short
      L:1/4
      K:C
      CDEF|
      """, to: "books/tunes.abc")
    let (pieces, report) = try FolkTunes(folder: folder.url).read()
    #expect(report.read == 4)
    #expect(report.kept == 1)
    #expect(
      report.leftOut == ["change key": 1, "without a certain key": 1, "have fewer than 16 notes": 1])
    let piece = try #require(pieces.first)
    #expect(piece.name == "books/tunes.abc#1 Plain scale")
    #expect(piece.tonic == PitchClass(name: "D"))
    #expect(piece.families == [.major])
    #expect(piece.notes.count == 17)
    #expect(piece.notes.prefix(4).map(\.pitch) == [62, 64, 66, 67])
    #expect(abs(piece.notes[1].onset - 0.5) < 0.01)
  }

  @Test func aMissingFolderIsNamed() {
    #expect(throws: SourceError.missingFolder(path: "/nowhere at all")) {
      try FolkTunes(folder: URL(filePath: "/nowhere at all"))
    }
  }

  @Test(.enabled(if: hasConverter, "abc2midi is not installed"))
  func anEmptyFolderIsNamed() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: SourceError.self) { try FolkTunes(folder: folder.url).read() }
    #expect(error?.description.contains("holds no .abc files") == true)
  }

  @Test func aMissingProgramIsNamedWithItsPackage() {
    let error = #expect(throws: SourceError.self) { try ExternalProgram("no-such-program", package: "no-package") }
    #expect(error?.description == "the program no-such-program is not installed; install the package no-package")
  }
}
