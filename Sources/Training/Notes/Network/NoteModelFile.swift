// Writes a trained note network as the model file that ships.
import Foundation
import Improviser
import Neural
import Torch

/// The safetensors file of `Improviser.NoteModel`: architecture "note-lstm", version 1.
enum NoteModelFile {
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
    metadata["architecture"] = "note-lstm"
    metadata["version"] = "1"
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
}
