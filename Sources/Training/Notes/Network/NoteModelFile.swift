// Writes a trained note network as the model file that ships, and reads the shape of one.
import Foundation
import Improviser
import Neural
import Torch

/// The safetensors file of `Improviser.NoteModel`: architecture "note-lstm", version 1.
enum NoteModelFile {
  static let architecture = "note-lstm"
  private static let version = "1"

  /// The sizes in the file's string map, by their names there.
  private struct Shape: Codable {
    var embedding, layers, hidden, pitch_hidden, duration_hidden, velocity_hidden: Int
  }

  /// Writes weights in half precision (or single, for tests of exactness) with the string map that describes them.
  ///
  /// - Parameter memory: the long-term memory that goes into the same file.
  /// - Throws: a sentence for a network that does not hear and predict all four attributes and the scale.
  static func write(
    _ network: NoteNetwork, memory: LongTermMemory? = nil, notes: [String: String], as type: TensorType = .float16,
    to url: URL
  ) throws {
    let options = network.options
    guard options.isComplete else {
      throw TrainingError("Only a network that hears and predicts all of a note can be written as a model.")
    }
    var metadata = notes
    metadata["architecture"] = architecture
    metadata["version"] = version
    metadata["shape"] = """
      {"embedding":\(options.embedding),"layers":\(options.layers),"hidden":\(options.hidden),\
      "pitch_hidden":\(options.pitchHidden),"duration_hidden":\(options.durationHidden),\
      "velocity_hidden":\(options.velocityHidden)}
      """
    metadata["ticks_per_beat"] = "\(NoteVocabulary.ticksPerBeat)"
    metadata["times"] = "[" + NoteVocabulary.times.map(String.init).joined(separator: ",") + "]"
    var writer = SafetensorsWriter(metadata: metadata)
    for (name, tensor) in network.parameters {
      try writer.add(name, shape: tensor.shape, tensor.floats(), as: type)
    }
    try memory?.write(to: &writer)
    try writer.write(to: url)
  }
  /// The shape of the network in a file.
  ///
  /// - Throws: a sentence for a file of another version or an impossible shape.
  static func shape(_ file: SafetensorsFile) throws(ModelError) -> NoteNetworkOptions {
    guard file.metadata["version"] == version else {
      throw file.fault(.unsupported, "has the version \(file.metadata["version"] ?? "none"), not \(version)")
    }
    guard let text = file.metadata["shape"],
      let shape = try? JSONDecoder().decode(Shape.self, from: Data(text.utf8))
    else { throw file.fault(.malformed, "does not state the shape of its network") }
    var options = NoteNetworkOptions()
    (options.embedding, options.layers, options.hidden) = (shape.embedding, shape.layers, shape.hidden)
    (options.pitchHidden, options.durationHidden) = (shape.pitch_hidden, shape.duration_hidden)
    options.velocityHidden = shape.velocity_hidden
    do {
      try options.validate()
    } catch {
      throw file.fault(.unsupported, "has an impossible shape (\(error.description.dropLast()))")
    }
    return options
  }
}
