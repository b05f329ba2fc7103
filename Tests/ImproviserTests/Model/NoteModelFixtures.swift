// Model files for the tests of the note model.
import Foundation
import Neural

@testable import Improviser

/// A file that scripts/golden/lstm.py wrote; the neural tests carry it.
func goldenFile(_ name: String) -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../NeuralTests/Golden").appending(path: name).standardizedFileURL
}

func goldenTensors(_ name: String) throws -> SafetensorsFile { try SafetensorsFile(contentsOf: goldenFile(name)) }

/// The parts of the golden model, to be changed and written again.
struct NoteModelFixture {
  var metadata: [String: String]
  var tensors: [(name: String, shape: [Int], values: [Float])] = []

  init() throws {
    let file = try goldenTensors("notes.safetensors")
    metadata = file.metadata
    for tensor in file.tensors {
      tensors.append((tensor.name, tensor.shape, try file.floats(tensor.name, shape: tensor.shape)))
    }
  }

  /// The model as an open file.
  func file(as type: TensorType = .float32) throws -> SafetensorsFile {
    let folder = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "notes.safetensors")
    var writer = SafetensorsWriter(metadata: metadata)
    for tensor in tensors { try writer.add(tensor.name, shape: tensor.shape, tensor.values, as: type) }
    try writer.write(to: url)
    return try SafetensorsFile(data: Data(contentsOf: url), name: "notes.safetensors")
  }
}

/// An event in the middle of its classes.
func event(interval: Int, pitch: Int, duration: Int, velocity: Int) -> NoteEvent {
  NoteEvent(
    interval: NoteVocabulary.times[interval], pitch: pitch, duration: NoteVocabulary.times[duration],
    velocity: NoteVocabulary.velocity(ofClass: velocity))
}
