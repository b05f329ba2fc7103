// The command antiphon-train thesaurus evaluate.
import ArgumentParser
import Engine
import Foundation
import Torch
import Training

/// Measures the autoencoder over patterns beside its baselines.
struct ThesaurusEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures the model of patterns beside baselines: valid, new, exact, smooth.",
    discussion: """
      Beside the model stand the seed project's network, trained on the same patterns (minutes of one core), patterns \
      drawn at random, and the nearest neighbour in the training set.
      On a shared machine set OPENBLAS_NUM_THREADS=1.
      """)

  @Argument(help: "The model file; that of the presets by default.")
  var model: String?

  @Option(help: "Patterns that each system draws.")
  var samples = 10_000

  @Option(help: "Pairs of held-out patterns that are joined.")
  var pairs = 1000

  @Option(
    help: ArgumentHelp(
      "Passes of the seed's network over the training patterns; 0 leaves it out. "
        + "(default: \(ThesaurusEvaluation.Options().baselineEpochs))"))
  var baselineEpochs: Int?

  @Flag(help: "Measure the model alone.")
  var noBaselines = false

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Flag(help: "Print JSON instead of tables.")
  var json = false

  func validate() throws {
    for (name, value, limit) in [("samples", samples, 1_000_000), ("pairs", pairs, 100_000)]
    where !(1...limit).contains(value) {
      throw ValidationError("--\(name) is \(value); give a number from 1 to \(limit).")
    }
    guard let baselineEpochs else { return }
    guard (0...10_000).contains(baselineEpochs) else {
      throw ValidationError("--baseline-epochs is \(baselineEpochs); give a number from 0 to 10000.")
    }
    guard !noBaselines else {
      throw ValidationError("--no-baselines trains no baseline; leave it or --baseline-epochs out.")
    }
  }

  func run() throws {
    TorchRuntime.tune()
    let file = try ModelLocator().find(ModelLocator.thesaurusModel, given: model, flag: "the argument")
    var options = ThesaurusEvaluation.Options()
    (options.samples, options.pairs, options.seed) = (samples, pairs, seed)
    (options.baselineEpochs, options.hasBaselines) = (baselineEpochs ?? options.baselineEpochs, !noBaselines)
    var line = JobProgress()
    let evaluation = try ThesaurusEvaluation(contentsOf: file, options: options) { text in
      line.show(text)
      return Interruption.isRaised
    }
    line.show("done", isLast: true)
    print(json ? try evaluation.json() : evaluation.text, terminator: json ? "\n" : "")
  }
}
