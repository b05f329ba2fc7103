// Files are there whole or not at all.

import Foundation
import Testing

@testable import Engine

@Suite struct OutputFileTests {
  @Test func replacesWhatStoodThere() throws {
    let folder = try AnalysisFolder()
    let path = folder.path("a.mid")
    try OutputFile.write(Data("one".utf8), to: path)
    try OutputFile.write(Data("two".utf8), to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.mid"])
  }

  @Test func failureLeavesEverythingAsItWas() throws {
    let folder = try AnalysisFolder()
    let path = folder.path("a.mid")
    try OutputFile.write(Data("one".utf8), to: path)
    #expect(throws: OutputFileError.notAFile(path)) {
      try OutputFile.replace(path) { _ throws(OutputFileError) in throw .notAFile(path) }
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.mid"])
  }

  @Test func linksStayLinks() throws {
    let folder = try AnalysisFolder()
    try OutputFile.write(Data("one".utf8), to: folder.path("a"))
    try FileManager.default.createSymbolicLink(atPath: folder.path("l"), withDestinationPath: folder.path("a"))
    try OutputFile.write(Data("two".utf8), to: folder.path("l"))
    #expect(try String(contentsOfFile: folder.path("a"), encoding: .utf8) == "two")
    #expect(OutputFile.isSame(folder.path("a"), folder.path("l")))
    #expect(!OutputFile.isSame(folder.path("a"), folder.path("b")))
    #expect(OutputFile.isSame(folder.path("b"), folder.url.path + "/./b"))
  }

  @Test func refusesWhatIsNoPlace() throws {
    let folder = try AnalysisFolder()
    let missing = folder.path("none/a")
    #expect(throws: OutputFileError.noFolder(missing, folder: folder.path("none"))) { try OutputFile.check(missing) }
    #expect(throws: OutputFileError.notAFile(folder.url.path)) { try OutputFile.check(folder.url.path) }
    #expect(throws: OutputFileError.notAFile("/dev/null")) { try OutputFile.check("/dev/null") }
  }

  @Test func writesSound() throws {
    let folder = try AnalysisFolder()
    try OutputFile.write([0, 0.5, -0.5], rate: 8000, to: folder.path("a.wav"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("a.wav"))).starts(with: Data("RIFF".utf8)))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.wav"])
  }
}
