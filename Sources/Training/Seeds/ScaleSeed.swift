// The seed "ChromaLite": 24 scales from the chroma of random notes.
import Foundation
import ScaleDetector

/// What a classifier of random notes can reach at all, and what ours reaches.
enum ScaleSeed {
  private static let trials = (full: 240_000, quick: 4_800)

  /// The table; a row of our model when its file and the data set are given.
  static func table(_ options: SeedOptions, progress: (String) throws -> Void) throws -> SeedTable {
    try progress("chromalite: the best possible classifier")
    var table = SeedTable(title: "chromalite: 24 scales, each a sample of evenly random notes", columns: ["right"])
    table.add("their figure (1,869,336 weights)", "78.28 %")
    table.add("an even guess among 24", percent(1 / 24))
    var random = SplitMix64(seed: options.seed)
    let trials = options.isQuick ? trials.quick : trials.full
    let best = SeedPreset.ceiling(trials: trials, using: &random)
    table.add("the best classifier that knows every note but not its octave", percent(best))
    if let scales = options.scales {
      try progress("chromalite: our model")
      let model = try ChromaLite(contentsOf: scales.model)
      let samples = try ChromaSamples(contentsOf: [scales.dataSet])
      let evaluation = try ScaleEvaluation(model: model, samples: samples)
      let exact = evaluation.figures.filter {
        $0.measure == "exact" && $0.seconds == 30 && $0.condition == "all" && $0.kind == "seed" && $0.family == "all"
      }
      table.add("ours, on \(evaluation.samples) test samples", percent(exact.first?.share ?? 0))
    }
    table.remarks = [
      "C major and A minor have the same seven notes. In these samples nothing tells them apart but which note is",
      "drawn twice as often, because it occurs with its octave: this is no figure about music. Our model hears",
      "overtones and so knows which of the two tonics sounded an octave higher. Elsewhere it is measured on music.",
    ]
    return table
  }

  private static func percent(_ share: Double) -> String { decimals(100 * share, 2) + " %" }
}
