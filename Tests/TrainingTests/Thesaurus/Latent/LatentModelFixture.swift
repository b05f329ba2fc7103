// Small models of patterns with weights that the tests know.

import Foundation
import Improviser
import Neural

/// Models made on the spot.
enum LatentModelFixture {
  /// A model that decodes every pattern to itself: each of its 36 latent numbers is one of the numbers of
  /// `PatternLogits`, but for a factor.
  static func exact() throws -> ThesaurusModel {
    try model(latent: 36, hidden: 36) { name, row, column in
      switch name {
      case "log_variance.weight": 0
      // tanh(tanh(1)) = 0.642: the logits are -2.5 and 2.9 or so.
      case "logits.weight": row == column ? 10 : 0
      default: row == column ? 1 : 0
      }
    } bias: { name in
      name == "logits" ? -2.5 : 0
    }
  }

  /// A model with random weights.
  static func random(latent: Int = 16, seed: UInt64 = 1) throws -> ThesaurusModel {
    var generator = SeededGenerator(seed: seed)
    return try model(latent: latent, hidden: 24) { _, _, _ in
      Float.random(in: -0.8...0.8, using: &generator)
    } bias: { _ in 0 }
  }

  private static func model(
    latent: Int, hidden: Int, weight: (_ name: String, _ row: Int, _ column: Int) -> Float, bias: (String) -> Float
  ) throws -> ThesaurusModel {
    let count = PatternLogits.count
    var writer = SafetensorsWriter(metadata: [
      "architecture": ThesaurusModel.architecture, "version": ThesaurusModel.version,
    ])
    let layers = [
      ("encoder.0", count, hidden), ("encoder.1", hidden, hidden), ("mean", hidden, latent),
      ("log_variance", hidden, latent), ("decoder.0", latent, hidden), ("decoder.1", hidden, hidden),
      ("logits", hidden, count),
    ]
    for (name, inputs, outputs) in layers {
      let values = (0..<outputs * inputs).map { weight(name + ".weight", $0 / inputs, $0 % inputs) }
      try writer.add(name + ".weight", shape: [outputs, inputs], values)
      try writer.add(name + ".bias", shape: [outputs], [Float](repeating: bias(name), count: outputs))
    }
    let url = FileManager.default.temporaryDirectory.appending(path: "thesaurus-\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    try writer.write(to: url)
    return try ThesaurusModel(contentsOf: url)
  }
}
