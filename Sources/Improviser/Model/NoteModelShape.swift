// The description of a note model in a model file's string map, checked.
import Foundation
public import Neural

/// Sizes of a note model.
public struct NoteModelShape: Sendable, Equatable {
  /// Numbers of the vector that stands for an event (E).
  public let embedding: Int
  /// LSTM layers (L) and units of each (H).
  public let layers: Int
  public let hidden: Int
  /// Hidden units of the heads for pitch (F), duration (G) and velocity (K).
  public let pitchHidden: Int
  public let durationHidden: Int
  public let velocityHidden: Int

  private static let widths = 1...4096
  private static let depths = 1...16

  /// Reads the description of a file and checks that it is a note model that this program runs.
  public init(_ file: SafetensorsFile) throws(ModelError) {
    let architecture = file.metadata["architecture"] ?? "unknown"
    guard architecture == NoteModel.architecture else {
      let problem = "holds a model of kind \"\(architecture)\" and not \"\(NoteModel.architecture)\""
      throw file.fault(.unsupported, problem)
    }
    let version = file.metadata["version"] ?? "unknown"
    guard version == NoteModel.version else {
      let problem = "has the note model's version \"\(version)\", this program runs \(NoteModel.version)"
      throw file.fault(.unsupported, problem)
    }
    try Self.checkTimes(file)
    guard let description = Self.decode(Description.self, "shape", in: file) else {
      throw file.fault(.unsupported, "does not give the sizes of its layers in \"shape\"")
    }
    let widths = [
      ("embedding", description.embedding), ("hidden", description.hidden),
      ("pitch_hidden", description.pitch_hidden), ("duration_hidden", description.duration_hidden),
      ("velocity_hidden", description.velocity_hidden),
    ]
    for (name, value) in widths where !Self.widths.contains(value) {
      throw file.fault(.unsupported, "has \(name) = \(value) in its shape, which must lie in \(Self.widths)")
    }
    guard Self.depths.contains(description.layers) else {
      throw file.fault(
        .unsupported, "has layers = \(description.layers) in its shape, which must lie in \(Self.depths)")
    }
    embedding = description.embedding
    layers = description.layers
    hidden = description.hidden
    pitchHidden = description.pitch_hidden
    durationHidden = description.duration_hidden
    velocityHidden = description.velocity_hidden
  }

  /// The JSON of "shape".
  private struct Description: Decodable {
    let embedding, layers, hidden, pitch_hidden, duration_hidden, velocity_hidden: Int
  }

  /// A model that counts time otherwise would read and write nonsense.
  private static func checkTimes(_ file: SafetensorsFile) throws(ModelError) {
    let ticks = file.metadata["ticks_per_beat"] ?? "unknown"
    guard ticks == "\(NoteVocabulary.ticksPerBeat)" else {
      let problem = "counts \"\(ticks)\" ticks a beat, this program counts \(NoteVocabulary.ticksPerBeat)"
      throw file.fault(.unsupported, problem)
    }
    guard decode([Int].self, "times", in: file) == NoteVocabulary.times else {
      throw file.fault(.unsupported, "sorts time into other classes (\"times\") than this program")
    }
  }

  private static func decode<Value: Decodable>(_: Value.Type, _ key: String, in file: SafetensorsFile) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data((file.metadata[key] ?? "").utf8))
  }
}
