// The card of a trained model: what it is, what it learned from, and how to make it again.
import Music

/// A model card in Markdown.
struct ModelCard {
  let options: TrainingOptions
  let parameters: Int
  let temperature: Double
  let figures: String
  /// Epochs trained.
  let epochs: Int
  let samples: ChromaSamples

  var text: String {
    let name = options.output.deletingPathExtension().lastPathComponent
    let families = options.families.map(\.displayName).joined(separator: ", ") + (options.hasNone ? ", and none" : "")
    return """
      # \(name)

      ChromaLite: a transposition-equivariant network that names the scale of up to 30 s of chroma.
      \(parameters) parameters, stored in half precision as safetensors.

      | | |
      |---|---|
      | families | \(families) |
      | bands, hidden, mixing | \(options.bands), \(options.hidden), \(options.mixing) |
      | calibration temperature | \(decimals(temperature, 4)) |
      | data | \(options.data) |
      | licence | \(options.licence) |
      | command | `\(options.command)` |
      | seed | \(options.seed) |
      | epochs | \(epochs) of at most \(options.epochs), batch \(options.batch), rate \(options.rate) |
      | figures | \(figures) |

      Samples of the data set, by kind and split:

      | kind | train | validation | test |
      |---|---|---|---|
      \(counts)

      Validation examples are each held-out sample whole and one random cut of 1.5 to 30 s of it; an answer counts when
      its tonic and its family are among the right ones. `antiphon-train scales evaluate` measures the test split.

      """
  }

  private var counts: String {
    ChromaSamples.Kind.allCases.map { kind in
      let cells = [ChromaSamples.Split.train, .validation, .test].map { split in
        String(samples.labels.count { $0.kind == kind && $0.split == split })
      }
      return "| \(kind) | \(cells.joined(separator: " | ")) |"
    }.joined(separator: "\n")
  }
}
