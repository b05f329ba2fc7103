// Tests of the library of pieces and of its cache.

import Foundation
import Music
import Testing

@testable import Training

@Suite struct PieceLibraryTests {
  private var library: PieceLibrary {
    var report = SourceReport(source: "folk-abc")
    report.keep()
    report.leaveOut("change key")
    return PieceLibrary(
      pieces: (0..<12).map { number in
        LabelledPiece(
          source: "folk-abc", name: "Tune ♭\(number)", group: "g\(number)",
          notes: (0..<number).map {
            Note(pitch: 50 + $0, velocity: $0 + 1, onset: Double($0) / 3, duration: 0.1 + Double($0), channel: $0)
          },
          tonic: PitchClass(wrapping: number), families: number % 2 == 0 ? [.major] : [.naturalMinor, .harmonicMinor])
      }, reports: [report])
  }

  @Test func theCacheGivesTheSameLibraryBack() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "pieces.bin")
    try library.write(to: file)
    #expect(try PieceLibrary(cache: file) == library)
  }

  @Test func everyTruncatedCacheIsRefused() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "pieces.bin")
    try library.write(to: file)
    let whole = try Data(contentsOf: file)
    for length in stride(from: 0, to: whole.count, by: 7) {
      try whole.prefix(length).write(to: file)
      #expect(throws: SourceError.self) { try PieceLibrary(cache: file) }
    }
  }

  @Test func randomDamageNeverTraps() throws {
    var writer = PieceWriter(bytes: [])
    writer.write(library.pieces[11])
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      var bytes = writer.bytes
      for _ in 0..<4 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      var reader = PieceReader(bytes: bytes, offset: 0)
      if let piece = try? reader.piece() { #expect(!piece.families.isEmpty) }
    }
  }

  @Test func otherFilesAreRefusedWithWhatToDo() throws {
    let folder = try TemporaryFolder()
    try folder.write("some other file", to: "x.bin")
    let error = #expect(throws: SourceError.self) { try PieceLibrary(cache: folder.url.appending(path: "x.bin")) }
    #expect(error?.description.hasSuffix("(it is of another kind or version); delete it and it is made again") == true)
    #expect(throws: SourceError.self) { try PieceLibrary(cache: folder.url.appending(path: "missing.bin")) }
  }

  @Test func anUnwritableCacheIsNamed() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "no/such/folder.bin")
    let error = #expect(throws: SourceError.self) { try library.write(to: url) }
    #expect(error?.description.hasSuffix("check its folder and the free space") == true)
  }

  @Test func reportsReadAsOneLine() {
    #expect(library.reports[0].description == "folk-abc: 2 read, 1 kept; left out: 1 change key")
  }

  @Test func soundingTimeCountsSecondsFromTheTonic() {
    let notes = [Note(pitch: 60, onset: 0, duration: 3), Note(pitch: 61, onset: 3, duration: 1)]
    #expect(LabelledPiece.sounding(notes, above: PitchClass(wrapping: 0)).prefix(2) == [3, 1])
    #expect(LabelledPiece.sounding(notes, above: PitchClass(wrapping: 1))[11] == 3)
  }
}
