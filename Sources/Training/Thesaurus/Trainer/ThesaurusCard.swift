// The card of a trained autoencoder: what it is, what it learned from, and how to make it again.
import Improviser
import Music

/// A model card in Markdown.
struct ThesaurusCard {
  let options: ThesaurusTrainingOptions
  /// Trained numbers.
  let parameters: Int
  /// What it reaches on the validation patterns.
  let figures: ThesaurusFigures
  let history: [ThesaurusEpoch]
  let training: [ThesaurusPattern]
  let validation: [ThesaurusPattern]

  /// The rules are Antiphon's own, and so is every pattern that follows from them.
  static let licence = "CC0-1.0"

  /// What the model learned from, in one line.
  static func data(_ training: [ThesaurusPattern]) -> String {
    "\(training.count) of the \(PatternList.all.patterns.count) patterns that Antiphon's own rules give; nothing is "
      + "taken from a book"
  }

  var text: String {
    let name = options.output.deletingPathExtension().lastPathComponent
    return """
      # \(name)

      A variational autoencoder over the patterns of the Thesaurus: equal divisions of octaves with one to four added
      notes. Its decoder says how probable each progression and each added note is; the most probable allowed pattern is
      what a latent vector means.

      | | |
      |---|---|
      | file | safetensors in single precision, architecture \(ThesaurusModel.architecture), \
      version \(ThesaurusModel.version) |
      | parameters | \(parameters) |
      | encoder | 36 → \(options.hidden) → \(options.hidden) → mean and log variance of \(options.latent), tanh |
      | decoder | \(options.latent) → \(options.hidden) → \(options.hidden) → 36 logits, tanh |
      | loss | cross entropy of the progression and of 25 places, and \(options.beta) × divergence from N(0, I) |
      | prior | \(options.priorWeight) × surprise at the decoder's own most probable pattern of a vector of N(0, I) |
      | data | \(Self.data(training)) |
      | licence | \(Self.licence) |
      | command | `\(options.command)` |
      | seed | \(options.seed) |
      | passes | \(history.count); batch \(options.batch), learning rate \(options.rate) to \(2 * options.rate) and \
      down, progressions drawn with balance \(options.balance) |

      On the validation patterns, whose notes are in no training pattern, and at \(ThesaurusFigures.samples) samples of
      N(0, I):

      | | |
      |---|---|
      | decoded from their mean without a fault | \(percent(figures.reconstruction)) |
      | divergence from the prior | \(decimals(figures.divergence, 2)) nats |
      | samples allowed before the search for the most probable pattern | \(percent(figures.validity)) |
      | decoded samples with notes of no training pattern | \(percent(figures.novelty)) |
      | progressions among the samples | \(figures.progressions) of \(PatternLogits.progressions) |
      | share of the most frequent | \(percent(figures.largestProgression)) |

      Patterns by progression:

      | progression | all | training | validation |
      |---|---|---|---|
      \(counts)

      By pass, nats a pattern:

      | pass | reconstruction | divergence | prior |
      |---|---|---|---|
      \(passes)

      `antiphon-train thesaurus evaluate` measures the patterns and the classes that were held out.

      """
  }

  private func percent(_ share: Double) -> String { decimals(100 * share, 1) + " %" }

  private var counts: String {
    let lists = [PatternList.all.patterns, training, validation].map { list in
      list.reduce(into: [Progression: Int]()) { $0[$1.progression, default: 0] += 1 }
    }
    return Progression.allCases.map { progression in
      "| \(progression.rawValue) | \(lists.map { "\($0[progression] ?? 0)" }.joined(separator: " | ")) |"
    }.joined(separator: "\n")
  }

  /// The first pass, the last, and at most twenty between them.
  private var passes: String {
    let step = max(1, (history.count + 19) / 20)
    return history.enumerated().filter { index, _ in
      index == 0 || (index + 1) % step == 0 || index == history.count - 1
    }.map { index, row in
      "| \(index + 1) | \(decimals(row.reconstruction, 3)) | \(decimals(row.divergence, 2)) | "
        + "\(decimals(row.prior, 3)) |"
    }.joined(separator: "\n")
  }
}
