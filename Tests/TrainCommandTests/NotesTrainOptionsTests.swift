// The options of a training on the command line and in a file.
import ArgumentParser
import Foundation
import Testing

@testable import Training
@testable import antiphon_train

@Suite struct NotesTrainOptionsTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "options-\(UUID().uuidString)")

  private func plan(_ arguments: [String], file: String? = nil) throws -> NoteTrainingPlan {
    var arguments = arguments
    if let file {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let url = folder.appending(path: "options.toml")
      try Data(file.utf8).write(to: url)
      arguments += ["--config", url.path]
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try NotesTrainOptions.parse(arguments).plan()
  }

  /// The sentence of a refusal, without the folder.
  private func refusal(_ arguments: [String], file: String? = nil) -> String? {
    do {
      _ = try plan(arguments, file: file)
      return nil
    } catch let error as ValidationError {
      return error.message
    } catch {
      return "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  private func values(_ plan: NoteTrainingPlan) -> [String: OptionValue] {
    Dictionary(
      NoteTrainingKey.all.compactMap { key in key.value(plan).map { (key.name, $0) } }, uniquingKeysWith: { $1 })
  }

  @Test(arguments: NoteModelKind.allCases) func thePrintedFileReadsBackToTheSameOptions(_ kind: NoteModelKind) throws {
    let printed = NoteTrainingText.text(NoteTrainingPlan(kind))
    let read = try plan([], file: printed)
    #expect(read.kind == kind)
    #expect(NoteTrainingText.text(read) == printed)
    #expect(values(read) == values(NoteTrainingPlan(kind)))
    #expect(try read.finished().options.model == NoteModelOptions(kind))
  }

  @Test func optionsThatWereGivenReadBackToo() throws {
    let given = try plan([
      "--model", "transformer", "--hidden", "8,8", "--heads", "2", "--rate", "1e-5", "--licence", "a \"b\", \\c",
      "--no-transposition", "--condition", "genre", "--limit-sequences", "9", "--data", "x y.safetensors",
      "--tensorboard", "runs", "--checkpoint", "c.pt", "--data-name", "7", "--quiet",
    ])
    #expect(values(try plan([], file: NoteTrainingText.text(given))) == values(given))
  }

  @Test func theCommandLineGoesBeforeTheFile() throws {
    let file = "model = \"lstm\"\nbatch = 3\nhidden = [8, 8, 8]\nstretching = false\nrate = 1\n"
    #expect(refusal([], file: file) == "The options options.toml are wrong in line 5: rate cannot be 1; "
      + "give a number from 1e-08 to 0.99.")
    let slower = file.replacingOccurrences(of: "= 1\n", with: "= 0.1")
    let given = try plan(["--model", "regression", "--batch", "4", "--stretching"], file: slower)
    #expect(given.kind == .regression)
    #expect(given.options.batch == 4)
    #expect(given.options.rate == 0.1)
    #expect(given.options.augmentation.stretches)
    #expect(try given.finished().options.model.hidden == [8, 8, 8])
  }

  @Test(arguments: [
    (["--heads", "2"], "--heads is no option of the model lstm, but of bilstm-attention, transformer; leave it out."),
    (["--batch", "x"], "--batch cannot be \"x\"; give a whole number from 1 to 4096."),
    (["--model", "gpt"], nil),
    (["--dropout", "0.1,0.2,0.2"], "--dropout cannot be [0.1,0.2,0.2]; give a number from 0.0 to 0.99."),
    (["--config", "/nothing.toml"], "The options /nothing.toml cannot be read: no such file or directory."),
  ] as [([String], String?)])
  func badArgumentsAreNamed(arguments: [String], sentence: String?) {
    let said = refusal(arguments)
    #expect(sentence == nil ? said?.contains("choose from lstm, seed-lstm") == true : said == sentence)
  }

  @Test(arguments: [
    ("\n\nbatsch = 3", "line 3: batsch is no option of a training; did you mean batch?"),
    ("batch = \"3\"", "line 1: batch cannot be \"3\"; give a whole number from 1 to 4096."),
    ("epochs = 2\nheads = 2", "line 2: heads is no option of the model lstm"),
    ("model = \"seed-lstm\"\nembedding = 4", "line 2: embedding is no option of the model seed-lstm"),
    ("model = 3", "line 1: model cannot be 3; choose from lstm"),
    ("batch = 1979-05-27", "line 1: batch cannot be a date"),
    ("[batch]\nx = 1", "line 1: batch cannot be a table"),
    ("hidden = [8, \"x\"]", "line 1: hidden cannot be \"x\""),
    ("batch = 1\nbatch = 2", "line 2, column 7: batch is set twice"),
    ("batch =", "line 1, column 8: "),
  ])
  func badFilesAreNamedWithTheirLine(file: String, sentence: String) {
    #expect(refusal([], file: file)?.contains("The options options.toml are wrong in " + sentence) == true)
  }

  @Test func everyOptionOfATrainingIsOnTheCommandLine() {
    let help = NotesTrainCommand.helpMessage(columns: 200)
    for key in NoteTrainingKey.all { #expect(help.contains("--" + key.name), "\(key.name)") }
  }
}
