// Writes and reads trained note models of every kind.
import Foundation
import Improviser
import Neural
import Torch

/// A safetensors file: the parameters by name; in the string map "architecture" (the kind's name), "version",
/// "options" (`NoteModelOptions` as JSON) and what the writer says of the data. A complete lstm that is told no
/// condition is written and read as the live model's file, "note-lstm" (see `NoteModelFile`).
enum NoteLearnerFile {
  static let version = "1"
  private static let remedy = "Train it again with \"antiphon-train notes train\" or copy the file anew"

  /// Writes a model.
  ///
  /// - Parameters:
  ///   - memory: the long-term memory that goes into the same file.
  ///   - notes: data, licence, command, seed, figures.
  ///   - type: half precision to ship, single for tests of exactness.
  static func write(
    _ learner: any NoteLearner, memory: LongTermMemory?, notes: [String: String], as type: TensorType = .float16,
    to url: URL
  ) throws {
    if let lstm = learner as? LSTMLearner, lstm.options.conditions.isEmpty {
      return try NoteModelFile.write(lstm.network, memory: memory, notes: notes, as: type, to: url)
    }
    var metadata = notes
    metadata["architecture"] = learner.options.kind.rawValue
    metadata["version"] = version
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    metadata["options"] = String(decoding: try encoder.encode(learner.options), as: UTF8.self)
    var writer = SafetensorsWriter(metadata: metadata)
    for (name, tensor) in learner.parameters {
      try writer.add(name, shape: tensor.shape, tensor.floats(), as: type)
    }
    try memory?.write(to: &writer)
    try writer.write(to: url)
  }

  /// Reads a model of any kind, the live model's file included.
  ///
  /// - Throws: a sentence for a file that is truncated, damaged or no note model, or whose tensors do not fit its kind.
  static func read(_ url: URL) throws -> any NoteLearner {
    let file = try SafetensorsFile(contentsOf: url, remedy: remedy)
    try file.verifyChecksum()
    let learner = try make(file)
    var values: [String: Tensor] = [:]
    for (name, tensor) in learner.parameters {
      values[name] = try Tensor(file.floats(name, shape: tensor.shape), shape: tensor.shape)
    }
    try learner.load(values)
    return learner
  }

  /// A network of the shape that the file states, before its weights are read.
  private static func make(_ file: SafetensorsFile) throws -> any NoteLearner {
    let architecture = file.metadata["architecture"] ?? "no architecture"
    guard architecture != NoteModelFile.architecture else {
      let network = try NoteModelFile.shape(file)
      try check(file, layers: [Int](repeating: network.hidden, count: network.layers))
      return try LSTMLearner(NoteNetwork(network))
    }
    guard let kind = NoteModelKind(rawValue: architecture) else {
      throw file.fault(.unsupported, "is no note model (\(architecture))")
    }
    guard file.metadata["version"] == version else {
      throw file.fault(.unsupported, "has the version \(file.metadata["version"] ?? "none"), not \(version)")
    }
    guard let text = file.metadata["options"],
      let options = try? JSONDecoder().decode(NoteModelOptions.self, from: Data(text.utf8)), options.kind == kind
    else { throw file.fault(.malformed, "does not state the shape of its network") }
    do {
      try options.validate()
      try check(file, layers: options.hidden)
      return try NoteLearnerFactory.make(options)
    } catch let error as TrainingError {
      throw file.fault(.unsupported, "has an impossible shape (\(error.description.dropLast()))")
    }
  }

  /// Refuses a file with fewer numbers than its layers need, before memory is taken for them: each layer of each kind
  /// has at least units² weights.
  private static func check(_ file: SafetensorsFile, layers: [Int]) throws(ModelError) {
    let numbers = file.tensors.reduce(0) { $0 + ($1.elementCount ?? 0) }
    guard layers.reduce(0, { $0 + $1 * $1 }) <= numbers else {
      throw file.fault(.shape, "states layers of \(layers) units but holds only \(numbers) numbers")
    }
  }
}
