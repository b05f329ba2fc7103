// Reads the options of a training from a TOML file.
import Engine
import Foundation
import Training

/// A file of `name = value` lines with the names of the command line, as --print-config prints it.
struct NotesTrainFile {
  /// A larger file holds no options, in bytes.
  private static let largestFile = 65_536

  private let path: String
  private let text: TOMLText
  /// The options in the order of their lines, which is that of the complaints.
  private let items: [(name: String, value: OptionValue, line: Int)]

  /// Reads the file at `path`.
  ///
  /// - Throws: a sentence with the file and the line of what cannot be read.
  init(path: String) throws {
    self.path = path
    let contents = try SmallTextFile.read(path, limit: Self.largestFile) {
      TrainingFileError(description: "The options \(path) cannot be read: \($0).")
    }
    do throws(TOMLText.Problem) {
      text = try TOMLText(contents)
    } catch {
      throw TrainingFileError(
        description: "The options \(path) are wrong in line \(error.line), column \(error.column): \(error.reason)")
    }
    let text = text
    items = text.contents.map { ($0.key, OptionValue($0.value), text.line(of: [$0.key])) }.sorted { $0.2 < $1.2 }
  }

  /// The kind of model that the file names; nil when it names none.
  func kind() throws -> NoteModelKind? {
    try items.first { $0.name == "model" }.map { item in
      try inLine(item.line) { () throws(TrainingError) in try NoteTrainingKey.kind(item.value) }
    }
  }

  /// Sets everything but the model, of which the command line has the last word.
  func apply(to plan: inout NoteTrainingPlan) throws {
    for item in items where item.name != "model" {
      try inLine(item.line) { () throws(TrainingError) in try plan.set(item.name, to: item.value) }
    }
  }

  private func inLine<Result>(
    _ line: Int, _ body: () throws(TrainingError) -> Result
  ) throws(TrainingFileError) -> Result {
    do {
      return try body()
    } catch {
      throw TrainingFileError(description: "The options \(path) are wrong in line \(line): \(error)")
    }
  }
}

extension OptionValue {
  /// The value of a line.
  init(_ item: TOMLItem) {
    switch item {
    case .text(let text): self = .text(text)
    case .integer(let number): self = .integer(number)
    case .real(let number): self = .real(number)
    case .flag(let isOn): self = .flag(isOn)
    case .list(let items): self = .list(items.map(OptionValue.init))
    case .table, .date: self = .other(item.shown)
    }
  }
}
