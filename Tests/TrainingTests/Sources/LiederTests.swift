// Tests of reading a folder of songs.

import Foundation
import Music
import Testing

@testable import Training

@Suite struct LiederTests {
  /// A compressed score of one note, G in the bass with one sharp: made with Python's zipfile.
  private let compressed = """
    UEsDBBQAAAAIAFt5dV1Ppvf4NAAAAEsAAAAWAAAATUVUQS1JTkYvY29udGFpbmVyLnhtbLNJzs8rSczMSy2ysynKzy9Jy8xJLUYw
    FdJKc3J0CxJLMmyVivUqcnOU9O1s9JEU6iP0AwBQSwMEFAAAAAgAW3l1XUCUtqOHAAAA6AAAAAUAAABzLnhtbF1Pyw7CMAz7FbQ7
    ikAcTa5c+YXSZVqEWKcmHeLv6cZ4iJMdJ7JjWExZtmPIflcTxsw22h6bc8O4SbCSqxrcs16KizFandQ0DcY70HfAVR6MTjvvl83K
    QItOvw5D8jlJPfYMcxn5BFoQKXqYhPeglYHWu7bk4DWJDzX1zUEvL/p8SnOBCn+9nlBLAQIUAxQAAAAIAFt5dV1Ppvf4NAAAAEsA
    AAAWAAAAAAAAAAAAAACAAQAAAABNRVRBLUlORi9jb250YWluZXIueG1sUEsBAhQDFAAAAAgAW3l1XUCUtqOHAAAA6AAAAAUAAAAA
    AAAAAAAAAIABaAAAAHMueG1sUEsFBgAAAAACAAIAdwAAABIBAAAAAA==
    """

  @Test func songsAreLabelledAndGroupedByComposer() throws {
    let folder = try TemporaryFolder()
    let score = try #require(Data(base64Encoded: compressed, options: .ignoreUnknownCharacters))
    try folder.write(score, to: "scores/Schubert,_Franz/Die_schöne Müllerin/1 [a].mxl")
    try folder.write(
      musicXML(parts: [measure(divisions: 1, fifths: 0, note("D2", 4))]), to: "scores/Wolf,_Hugo/x.musicxml")
    try folder.write("no score", to: "scores/Wolf,_Hugo/damaged.mxl")
    let (pieces, report) = try Lieder(folder: folder.url).read()
    #expect(report.read == 3)
    #expect(
      report.leftOut == ["cannot be read": 1, "end on a bass note that is neither tonic": 1])
    let piece = try #require(pieces.first)
    #expect(pieces.count == 1)
    #expect(piece.group == "Schubert,_Franz")
    #expect(piece.tonic == PitchClass(name: "G"))
    #expect(piece.families == [.major])
    #expect(piece.notes.map(\.pitch) == [43])
  }

  @Test func aFolderWithoutScoresIsNamed() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: SourceError.self) { try Lieder(folder: folder.url).read() }
    #expect(error?.description.contains("holds no .mxl or .musicxml or .xml files") == true)
  }
}
