// The command antiphon-train models.
import ArgumentParser
import Engine
import Foundation
import Training

/// Lists models, or shows the card of one.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "Lists the shipped models and your own, or shows a model's card.",
    discussion: """
      Without a name: the model files of the presets, of your own folder and of each --folder. With a name or the path \
      of a file: its card.
      """)

  @Argument(help: "A model's name or file, whose card is shown.")
  var name: String?

  @Option(help: "A folder of models to list as well; may be given again.")
  var folder: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    for path in folder {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        throw ValidationError("--folder is \(path), which is no folder; name one that holds model files.")
      }
    }
    let folders = folder + ModelLocator().folders
    if let name {
      let file = try ModelName.find(name, in: folders)
      if json {
        print(try text(ModelDescription(file)))
      } else {
        print(try ModelDescription.card(file), terminator: "")
      }
      return
    }
    let models = try ModelDescription.list(folders.map { URL(fileURLWithPath: $0) })
    print(json ? try text(models) : models.isEmpty ? "There are no models." : table(models))
  }

  private func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// A line a model, and under it where it lies and what is known of it.
  private func table(_ models: [ModelDescription]) -> String {
    let rows = [["name", "architecture", "parameters", "size", "licence"]] + models.map { model in
      [
        model.name, model.architecture ?? "broken", model.parameters.map(String.init) ?? "",
        String(format: "%.1f MB", Double(model.bytes) / 1e6), model.licence ?? "",
      ]
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      zip(row, widths).map { $0.padding(toLength: $1 + 2, withPad: " ", startingAt: 0) }.joined()
        .trimmingCharacters(in: .whitespaces)
    }
    let details = models.map { model -> String in
      let parts = [
        ("file", model.path), ("data", model.data), ("figures", model.figures), ("problem", model.problem),
      ]
      return parts.compactMap { label, value in value.map { "\n    \(label): \($0)" } }.joined()
    }
    return lines[0] + "\n" + zip(lines.dropFirst(), details).map { $0 + $1 }.joined(separator: "\n")
  }
}
