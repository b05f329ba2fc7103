// Folders in which results replace those of the run before.

import Foundation
import Testing
import Training

@Suite struct ResultFolderTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "results-\(UUID().uuidString)")

  private func names(_ url: URL? = nil) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: (url ?? folder).path).sorted()
  }

  private func refusal(_ path: String, inputs: [String] = []) -> String? {
    do throws(TrainingError) {
      try ResultFolder.check(path, inputs: inputs)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func replacesTheSetAsAWhole() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a/b").path
    let first = try ResultFolder(path)
    for number in 1...3 { try first.write(Data("old".utf8), .midi, number: number) }
    try first.write(Data("old".utf8), .png)
    #expect(try first.finish() == ["results-01.mid", "results-02.mid", "results-03.mid", "results.png"])
    let others = [
      "notes.txt", "results.txt", "results-1.mid", "results-copy.mid", "my-results.png", "results-01.mid.bak",
    ]
    for name in others { try Data().write(to: URL(fileURLWithPath: path + "/" + name)) }
    let second = try ResultFolder(path)
    try second.write(Data("new".utf8), .midi, number: 1)
    try second.write(Data("new".utf8), .json)
    #expect(try names(URL(fileURLWithPath: path)).contains("results-03.mid"), "nothing changes before the end")
    #expect(try second.finish() == ["results-01.mid", "results.json"])
    #expect(try names(URL(fileURLWithPath: path)) == (others + ["results-01.mid", "results.json"]).sorted())
    #expect(try String(contentsOfFile: path + "/results-01.mid", encoding: .utf8) == "new")
  }

  @Test func leavesNothingBehindWhenItIsNotFinished() throws {
    do {
      let unfinished = try ResultFolder(folder.appending(path: "x/y").path)
      try unfinished.write(Data("half".utf8), .wav)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      let unfinished = try ResultFolder(folder.path)
      try unfinished.write(Data("half".utf8), .wav)
    }
    #expect(try names().isEmpty)
  }

  @Test func keepsTheOldSetWhenThereIsNothingNew() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try ResultFolder(folder.path)
    try first.write(Data("old".utf8), .png)
    _ = try first.finish()
    #expect(try ResultFolder(folder.path).finish().isEmpty)
    #expect(try names() == ["results.png"])
  }

  @Test func refusesWhatCannotBeWritten() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "file").path
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(refusal(file + "/inside")?.contains("is a file; give --output another") == true)
    #expect(refusal(file)?.contains("is a file") == true)
    #expect(refusal(folder.path + "/grid.png")?.contains("is the name of a file; give --output a folder") == true)
    #expect(refusal("")?.contains("--output is empty") == true)
    #expect(refusal(folder.path + "/new/deep") == nil)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"), "checking makes nothing")
    // Not even root can make folders there.
    #expect(throws: TrainingError.self) { try ResultFolder("/proc/results") }
  }

  @Test func neverReplacesAnInputOrWhatIsNoFile() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let input = folder.appending(path: "results-02.mid").path
    try Data().write(to: URL(fileURLWithPath: input))
    let roundabout = folder.path + "/../" + folder.lastPathComponent + "/results-02.mid"
    #expect(refusal(folder.path, inputs: [roundabout])?.contains("would be lost") == true)
    #expect(refusal(folder.path, inputs: [folder.path + "/other.mid", "random", "1 2 3"]) == nil)
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/results.wav", withDestinationPath: "/nowhere")
    #expect(refusal(folder.path)?.contains("results.wav is a folder, a link or a device") == true)
  }
}

@Suite struct ResultFormatTests {
  @Test func lists() throws {
    #expect(try ResultFormat.list(nil) == Set(ResultFormat.allCases))
    #expect(try ResultFormat.list("png, MIDI,wav") == [.png, .midi, .wav])
    #expect(try ResultFormat.list("mid") == [.midi])
  }

  @Test(arguments: [("png,jpg", "\"jpg\""), ("", "nothing"), (",", "nothing")])
  func refusesOthers(text: String, part: String) {
    do {
      _ = try ResultFormat.list(text)
      Issue.record("\(text) is taken for formats")
    } catch {
      #expect(error.description.contains(part) && error.description.contains("png, svg, pdf, ly, midi, wav, json"))
    }
  }
}
