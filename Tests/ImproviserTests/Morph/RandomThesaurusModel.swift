// Autoencoders over patterns with random weights.

import Foundation
import Neural

@testable import Improviser

/// Makes models that know nothing but have the right form: their patterns change from place to place.
struct RandomThesaurusModel {
  var latent = 12
  var hidden = 24

  /// A model whose weights depend on `seed` alone.
  func model(seed: UInt64) throws -> ThesaurusModel {
    var generator = SeededGenerator(seed: seed)
    var writer = SafetensorsWriter(metadata: [
      "architecture": ThesaurusModel.architecture, "version": ThesaurusModel.version,
    ])
    for (name, inputs, outputs) in layers {
      let spread = 4 / Float(inputs).squareRoot()
      let weights = (0..<inputs * outputs).map { _ in spread * (Float(generator.uniform()) * 2 - 1) }
      try writer.add(name + ".weight", shape: [outputs, inputs], weights)
      try writer.add(name + ".bias", shape: [outputs], (0..<outputs).map { _ in Float(generator.uniform()) - 0.5 })
    }
    let url = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    try writer.write(to: url)
    return try ThesaurusModel(contentsOf: url)
  }

  private var layers: [(String, Int, Int)] {
    [
      ("encoder.0", PatternLogits.count, hidden), ("encoder.1", hidden, hidden), ("mean", hidden, latent),
      ("log_variance", hidden, latent), ("decoder.0", latent, hidden), ("decoder.1", hidden, hidden),
      ("logits", hidden, PatternLogits.count),
    ]
  }
}
