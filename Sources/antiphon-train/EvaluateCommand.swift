// The command antiphon-train scales evaluate.
import ArgumentParser
import Foundation
import ScaleDetector
import Training

/// Measures a model through the inference that ships.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures a model on the test samples of a data set.")

  @Argument(help: "The model file.")
  var model: String

  @Argument(help: "Data set files that \"scales generate\" wrote.")
  var dataSets: [String]

  @Option(help: "Which samples: train, validation or test.")
  var split = "test"

  @Flag(help: "Print one JSON object instead of tables.")
  var json = false

  @Option(help: "Draw the confusions of the keys to this file (.png or .svg).")
  var confusion: String?

  @Option(help: "Use only so many samples.")
  var limitSamples: Int?

  func run() throws {
    let splits: [String: ChromaSamples.Split] = ["train": .train, "validation": .validation, "test": .test]
    guard let split = splits[split] else {
      throw ValidationError("--split is \"\(split)\"; choose train, validation or test.")
    }
    if let limitSamples, limitSamples < 1 { throw ValidationError("--limit-samples must be at least 1.") }
    let chromaLite = try ChromaLite(contentsOf: URL(fileURLWithPath: model))
    let samples = try ChromaSamples(contentsOf: dataSets.map { URL(fileURLWithPath: $0) })
    let evaluation = try ScaleEvaluation(model: chromaLite, samples: samples, split: split, limit: limitSamples)
    print(json ? try evaluation.json() : evaluation.text)
    if let confusion {
      do { try evaluation.drawConfusion(to: URL(fileURLWithPath: confusion)) } catch {
        StandardError.say("\(error)")
        throw ExitCode.failure
      }
    }
  }
}
