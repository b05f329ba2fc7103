// Takes a trained model out of the project.
public import Foundation
import Improviser
import Neural
import Torch

/// A model that is read and checked, ready to be written in another format. For one thread.
public struct ModelExport {
  private let contents: ModelContents
  private let file: SafetensorsFile
  private let format: ExportFormat
  private let isHalf: Bool
  private let metadata: [String: String]

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - format: what it will be written as.
  ///   - condition: the composer or genre whose model it becomes; nil keeps it as it is.
  ///   - isHalf: weights in half precision, which only safetensors has.
  /// - Throws: a sentence for a file that is no model, and for what the format or the model cannot do.
  public init(model: URL, format: ExportFormat, condition: String? = nil, isHalf: Bool = false) throws {
    guard !isHalf || format == .safetensors else {
      throw TrainingError("--half is for safetensors; the weights of \(format.rawValue) files are in single precision.")
    }
    let (contents, file) = try ModelContents.read(model)
    (self.contents, self.file) = (try condition.map { try Self.bake($0, contents, file) } ?? contents, file)
    self.format = format
    self.isHalf = isHalf
    var metadata = file.metadata
    metadata["crc32"] = nil
    if let condition { metadata["condition"] = condition }
    self.metadata = metadata
  }

  private static func bake(
    _ condition: String, _ contents: ModelContents, _ file: SafetensorsFile
  ) throws -> ModelContents {
    guard case .notes(let learner) = contents else {
      throw TrainingError("--condition is for models of notes, and \(file.name) is none.")
    }
    guard let lstm = learner as? LSTMLearner else {
      throw TrainingError(
        "--condition is for lstm models; \(file.name) is a \(learner.options.kind.rawValue), which is exported whole.")
    }
    return .notes(try LSTMLearner(lstm.bake(condition: condition)))
  }

  /// Writes the model; the file appears when it is complete.
  ///
  /// - Throws: a sentence for a kind that the format cannot hold or a file that cannot be written.
  public func write(to url: URL) throws {
    try Self.checkTarget(url)
    switch format {
    case .safetensors:
      try writeWeights(to: url)
    case .onnx:
      let data = OnnxFile.data(try contents.graph(), metadata: metadata)
      try Self.replace(url) { try data.write(to: $0) }
    case .pt:
      let graph = try contents.graph()
      try Self.replace(url) { try TorchScriptFile.write(graph, metadata: metadata, to: $0) }
    }
  }

  /// Writes random inputs with this program's outputs: the tensors "N.inputs.NAME" and "N.outputs.NAME" of a
  /// safetensors file, for N = 0 and 1. The same seed gives the same inputs.
  public func writeExamples(seed: UInt64 = 1, to url: URL) throws {
    try Self.checkTarget(url)
    try ExportExamples.write(contents, graph: contents.graph(), seed: seed, to: url)
  }

  private func writeWeights(to url: URL) throws {
    let type: TensorType = isHalf ? .float16 : .float32
    switch contents {
    case .chromaLite(let network, let temperature):
      try ChromaLiteFile.write(network, temperature: Double(temperature), notes: metadata, as: type, to: url)
    case .thesaurus(let network):
      try ThesaurusModelFile.write(network, notes: metadata, as: type, to: url)
    case .notes(let learner):
      // The shape of another network than this one does not go into the file.
      var notes = metadata
      for key in ["options", "shape"] { notes[key] = nil }
      try NoteLearnerFile.write(learner, memory: LongTermMemory(file), notes: notes, as: type, to: url)
    }
  }

  /// Writes a file beside its name and renames it.
  private static func replace(_ url: URL, _ write: (URL) throws -> Void) throws {
    let name = ".\(url.lastPathComponent).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).partial"
    let partial = url.deletingLastPathComponent().appendingPathComponent(name)
    // Whether a file can be made here at all, in the system's words.
    let descriptor = open(partial.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(url, String(cString: strerror(errno))) }
    close(descriptor)
    defer { unlink(partial.path) }
    do {
      try write(partial)
    } catch let error as TorchError {
      throw unwritable(url, error.description.replacingOccurrences(of: partial.path + ": ", with: ""))
    } catch let error as TrainingError {
      throw error
    } catch {
      throw unwritable(url, error.localizedDescription)
    }
    guard rename(partial.path, url.path) == 0 else { throw unwritable(url, String(cString: strerror(errno))) }
  }

  private static func unwritable(_ url: URL, _ reason: String) -> TrainingError {
    TrainingError(
      "\(url.path) cannot be written: \(reason). Check that its folder exists, has room and may be written to.")
  }

  /// Refuses what a file must not replace: a folder or a device.
  private static func checkTarget(_ url: URL) throws(TrainingError) {
    var status = stat()
    guard stat(url.path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
    throw TrainingError("\(url.path) is no regular file; give another name with --output.")
  }
}
