// The arguments of the commands about the latent space.
import ArgumentParser
import Foundation
import Testing

@testable import Training
@testable import antiphon_train

@Suite struct ThesaurusLatentCommandTests {
  /// The sentence of a refusal while arguments are read.
  private func refusal(_ command: (some ParsableCommand).Type, _ arguments: [String]) -> String? {
    do {
      _ = try command.parse(arguments)
      return nil
    } catch {
      return command.message(for: error)
    }
  }

  @Test(arguments: [
    ["-0.5 1 -2", "-.5,1"], ["--", "-0.5 1 -2", "-.5,1"], ["-0.5 1 -2", "--steps", "5", "-.5,1"],
    ["--steps", "5", "-0.5 1 -2", "-.5,1"], ["-0.5 1 -2", "-.5,1", "--no-sound", "-o", "x"],
  ])
  func aMinusMakesNoOption(arguments: [String]) throws {
    let command = try ThesaurusInterpolateCommand.parse(arguments)
    #expect(command.vectors.filter { $0 != "--" } == ["-0.5 1 -2", "-.5,1"])
    #expect(command.steps == (arguments.contains("5") ? 5 : 10))
    #expect(command.options.output == (arguments.contains("x") ? "x" : nil))
  }

  @Test func emptyArgumentsStay() throws {
    #expect(try ThesaurusGridCommand.parse(["", "random", "-1,2", "tritone/interpolation/1:3"]).vectors.count == 4)
  }

  @Test(arguments: [
    (["--steps", "1"], "--steps is 1; give a number from 2 to 64."), (["--path", "round"], "--path is \"round\""),
    (["--formats", "gif"], "--formats names \"gif\""), (["--tonic", "H"], "--tonic is \"H\""),
    (["--direction", "left"], "--direction is \"left\"; choose up, down or both."),
    (["--formats", "wav", "--no-sound"], "--no-sound leaves nothing"),
    (["--soundfont", "x.sf2", "--no-sound"], "--soundfont is for the WAV file"),
    (["--soundfont", "x.sf2", "--formats", "json"], "--soundfont is for the WAV file"),
  ])
  func badOptions(arguments: [String], sentence: String) {
    #expect(refusal(ThesaurusInterpolateCommand.self, arguments)?.contains(sentence) == true)
  }

  @Test func badCounts() {
    let size = refusal(ThesaurusGridCommand.self, ["--size", "1"])
    #expect(size?.contains("--size is 1; give a number from 2 to 9.") == true)
    #expect(refusal(ThesaurusSampleCommand.self, ["--count", "0"])?.contains("--count is 0") == true)
    #expect(refusal(ThesaurusSampleCommand.self, ["1 2", "--count", "2"])?.contains("leave it out") == true)
    let many = refusal(ThesaurusReconstructCommand.self, [String](repeating: "random", count: 33))
    #expect(many?.contains("at most 32") == true)
  }

  @Test func unknownOptionsAreNamed() throws {
    let command = try ThesaurusSampleCommand.parse(["--colour", "red"])
    #expect(throws: ValidationError.self) { try command.run() }
    do { try command.run() } catch let error as ValidationError {
      #expect(error.message.hasPrefix("--colour is neither an option nor a vector"))
    }
  }

  @Test func aFolderThatCannotBeWrittenIsSaidFirst() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "file-\(UUID().uuidString)").path
    try Data().write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let command = try ThesaurusSampleCommand.parse(["1 2 x", "-o", file + "/results"])
    do {
      try command.run()
      Issue.record("a file was taken for a folder")
    } catch let error as TrainingError {
      #expect(error.description.contains("\(file) is a file"))
    }
  }
}
