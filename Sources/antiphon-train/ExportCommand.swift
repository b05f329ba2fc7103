// The command antiphon-train export.
import ArgumentParser
import Engine
import Foundation
import Training

/// Writes a trained model for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes a model for ONNX, PyTorch or as plain weights.",
    discussion: """
      onnx: a graph for onnxruntime. pt: a TorchScript module for torch.jit.load. safetensors: weights by name in \
      single precision; with --condition the file that the daemon loads.
      """)

  @Argument(help: "The model: a file, or the name of one that \"antiphon-train models\" lists.")
  var model: String

  @Option(help: "The format: onnx, pt or safetensors.")
  var format: String

  @Option(name: .shortAndLong, help: "The file to write; by default the model's name with the format's extension.")
  var output: String?

  @Option(help: "The composer or genre whose model it becomes, for an lstm that was trained with conditions.")
  var condition: String?

  @Flag(help: "Weights in half precision, for safetensors.")
  var half = false

  @Option(help: "Write random inputs and this program's outputs to this safetensors file, to check others with.")
  var examples: String?

  @Option(help: "Seed of the random inputs.")
  var seed: UInt64 = 1

  func validate() throws {
    guard ExportFormat(rawValue: format) != nil else {
      let known = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--format is \"\(format)\"; choose from \(known).")
    }
  }

  func run() throws {
    guard let format = ExportFormat(rawValue: format) else { return }
    let source = try ModelName.find(model, in: ModelLocator().folders)
    let name = source.deletingPathExtension().lastPathComponent + "." + format.rawValue
    let target = URL(fileURLWithPath: output ?? name)
    for path in [target.path, examples].compactMap(\.self) where isSame(path, source) {
      throw ValidationError("\(path) is the model itself; give another file with --output.")
    }
    // From here on a signal waits for the end of the file that is being written.
    _ = Interruption.isRaised
    let export = try ModelExport(model: source, format: format, condition: condition, isHalf: half)
    try export.write(to: target)
    print(target.relativePath)
    guard let examples, !Interruption.isRaised else { return }
    try export.writeExamples(seed: seed, to: URL(fileURLWithPath: examples))
    print(examples)
  }

  private func isSame(_ path: String, _ other: URL) -> Bool {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path == other.resolvingSymlinksInPath().path
  }
}
