// What "thesaurus patterns" makes of its arguments.
import ArgumentParser
import Foundation
import Music
import Testing

@testable import Training
@testable import antiphon_train

@Suite struct ThesaurusPatternsTests {
  private func score(_ arguments: [String]) throws -> PatternScore {
    try ThesaurusPatternsCommand.parse(arguments).score()
  }

  private func refusal(_ arguments: [String]) -> String? {
    do {
      let command = try ThesaurusPatternsCommand.parse(arguments)
      try command.run()
      return nil
    } catch let error as ValidationError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  @Test func optionsFilter() throws {
    let some = try score(
      ["--progression", "Whole tone", "--operation", "infrapolation", "--count", "1", "--tonic", "D"])
    #expect(some.entries.map(\.label) == (1...5).map { "whole-tone/infrapolation/1:\($0)" })
    #expect(some.entries.allSatisfy { $0.start == 62 })
    #expect(some.title == "Thesaurus: Whole tone, infrapolation, 1 added (5 patterns)")
    #expect(try score(["--limit", "7"]).entries.count == 7)
    let two = try score(["--count", "1", "--count", "4", "--progression", "semitone"])
    #expect(Set(two.entries.map(\.pattern.count)) == [1, 4])
  }

  @Test func namesListExactlyThose() throws {
    let names = ["tritone/interpolation/1:3", "D thesaurus:semitone/ultrapolation/2:5"]
    let two = try score(names + ["--direction", "both", "--tonic", "F#"])
    #expect(two.entries.map(\.start) == [66, 62])
    #expect(two.entries.map(\.label) == [names[0], "D semitone/ultrapolation/2:5"])
    #expect(two.direction == .both)
    #expect(two.title == "")
  }

  @Test(arguments: [
    (["--progression", "triton"], "The Thesaurus has no progression \"triton\": did you mean tritone"),
    (["--operation", "interpolatoin"], "The Thesaurus has no operation \"interpolatoin\": did you mean interpolation"),
    (["--count", "5"], "--count is 5; give a number of added notes from 1 to 4."),
    (["--limit", "0"], "--limit is 0; give a number from 1."),
    (["--tonic", "H"], "--tonic is \"H\", which is no note"),
    (["--direction", "sideways"], "--direction is \"sideways\"; choose up, down or both."),
    (["--format", "png"], "--format is \"png\"; choose text, csv or json"),
    (["--format", "csv", "-o", "x.csv"], "With --output the ending"),
    (["tritone/interpolation/1:3", "--limit", "3"], "Names list exactly those patterns"),
    (["tritone/interpolation/1:999"], "tritone/interpolation/1 has no pattern 999: it has 1 to 5."),
    (["tritone"], "\"tritone\" is no name of a pattern; --progression tritone lists all of that progression."),
    (["ultrapolation"], "\"ultrapolation\" is no name of a pattern; --operation ultrapolation lists all"),
    (["--counts", "-o", "x.csv"], "--counts prints a table"),
    (["--counts", "--tonic", "D"], "--counts prints a table; leave out the names, --tonic, --direction"),
    (["--progression", "semitone", "--operation", "interpolation"], "No pattern is of all these kinds"),
    (["-o", "/tmp/x.docx"], "--output is \"/tmp/x.docx\", whose ending is no format; choose from .txt .csv .json .mid"),
    (["--limit", "1", "-o", ""], "--output is empty; name a file or a folder."),
    (["-o", "/tmp/x.mid"], "31954 patterns are too many for a score (.mid), which holds 200"),
    (["--limit", "1", "-o", "/nothing/x.mid"], "/nothing/x.mid cannot be written: there is no folder /nothing"),
  ] as [([String], String)])
  func badArgumentsAreNamed(arguments: [String], sentence: String) {
    #expect(refusal(arguments)?.hasPrefix(sentence) == true, "\(refusal(arguments) ?? "no refusal")")
  }

  @Test func aFolderGetsEveryFormatThatNeedsNoProgram() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "patterns-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for ending in ["csv", "json", "txt", "mid", "xml", "ly"] {
      let file = folder.appending(path: "p.\(ending)")
      let command = try ThesaurusPatternsCommand.parse(["--limit", "3", "-o", file.path])
      try command.run()
      #expect(try Data(contentsOf: file).count > 100)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 6)
  }
}
