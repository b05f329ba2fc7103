// Note models with random weights.

import Foundation
import Neural

@testable import Improviser

/// Makes note models that know nothing but have the right form.
struct RandomNoteModel {
  var embedding = 16
  var hidden = 24
  var heads = 16
  /// Standard deviation of the weights, nearly.
  var spread: Float = 0.5

  /// A model whose weights depend on `seed` alone.
  func model(seed: UInt64) throws -> NoteModel {
    var generator = SeededGenerator(seed: seed)
    var writer = SafetensorsWriter(metadata: [
      "architecture": NoteModel.architecture, "version": NoteModel.version, "ticks_per_beat": "24",
      "times": "\(NoteVocabulary.times)",
      "shape": """
        {"embedding":\(embedding),"layers":2,"hidden":\(hidden),"pitch_hidden":\(heads),"duration_hidden":\(heads),\
        "velocity_hidden":\(heads)}
        """,
    ])
    for (name, shape) in tensors {
      let scale = spread / Float(shape.count > 1 ? shape[1] : 1).squareRoot()
      let values = (0..<shape.reduce(1, *)).map { _ in
        Float((0..<4).reduce(0.0) { sum, _ in sum + generator.uniform() } - 2) * 1.7 * scale * 2
      }
      try writer.add(name, shape: shape, values)
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "notes.safetensors")
    try writer.write(to: url)
    return try NoteModel(contentsOf: url)
  }

  private var tensors: [(name: String, shape: [Int])] {
    let (e, h, f) = (embedding, hidden, heads)
    var list: [(String, [Int])] = [
      ("embedding.pitch", [129, e]), ("embedding.interval", [41, e]), ("embedding.duration", [40, e]),
      ("embedding.velocity", [16, e]), ("embedding.scale", [24, e]), ("interval.weight", [41, h]),
      ("interval.bias", [41]),
    ]
    for layer in 0..<2 {
      list += [
        ("lstm.\(layer).weight_ih", [4 * h, layer == 0 ? e : h]), ("lstm.\(layer).weight_hh", [4 * h, h]),
        ("lstm.\(layer).bias", [4 * h]),
      ]
    }
    let conditions = [
      ("pitch", 128, ["interval"]), ("duration", 40, ["interval", "pitch"]),
      ("velocity", 16, ["interval", "pitch", "duration"]),
    ]
    let rows = ["interval": 41, "pitch": 128, "duration": 40]
    for (head, classes, given) in conditions {
      list += [("\(head).hidden.weight", [f, h]), ("\(head).hidden.bias", [f])]
      list += given.map { ("\(head).\($0)", [rows[$0] ?? 0, f]) }
      list += [("\(head).weight", [classes, f]), ("\(head).bias", [classes])]
    }
    return list
  }
}
