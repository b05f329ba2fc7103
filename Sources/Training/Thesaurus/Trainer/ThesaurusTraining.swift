// From the rule list to a model with its card.
import Foundation
import Improviser
import Music
import Torch

/// One whole training, as the command line asks for it.
public enum ThesaurusTraining {
  /// Trains on `PatternSplit.standard.training` and writes the model to `options.output` and its card (.md) beside it.
  /// The checkpoint lies beside them until the next training. For one thread of the process.
  ///
  /// - Parameter isInterrupted: asked after each step; when true, the checkpoint is written and an error says so.
  /// - Returns: what the model reaches on the validation patterns.
  public static func run(
    _ options: ThesaurusTrainingOptions, isInterrupted: () -> Bool = { false }
  ) throws -> ThesaurusFigures {
    let split = PatternSplit.standard
    return try run(
      options, training: split.training, validation: split.validation, isInterrupted: isInterrupted)
  }

  /// The same from any patterns, measured at `samples` of the prior.
  static func run(
    _ options: ThesaurusTrainingOptions, training: [ThesaurusPattern], validation: [ThesaurusPattern],
    samples: Int = ThesaurusFigures.samples, isInterrupted: () -> Bool = { false }
  ) throws -> ThesaurusFigures {
    try options.validate()
    let base = options.output.deletingPathExtension()
    let card = base.appendingPathExtension("md")
    try prepare(options, card: card)
    let run = try ThesaurusTrainingRun(options, patterns: training)
    try run.train(isInterrupted: isInterrupted)
    let figures = try withoutGradients { try ThesaurusFigures(of: run.network, at: validation, samples: samples) }
    let notes = [
      "data": ThesaurusCard.data(training), "licence": ThesaurusCard.licence, "command": options.command,
      "seed": "\(options.seed)", "figures": "validation: " + figures.text,
    ]
    try ThesaurusModelFile.write(run.network, notes: notes, to: options.output)
    let text = ThesaurusCard(
      options: options, parameters: run.network.parameterCount, figures: figures, history: run.history,
      training: training, validation: validation
    ).text
    do {
      try Data(text.utf8).write(to: card, options: .atomic)
    } catch {
      throw TrainingError("\(card.path) cannot be written; check the folder and the free space.")
    }
    return figures
  }

  /// Makes the folders and tries to write into them, before minutes of training depend on it.
  private static func prepare(_ options: ThesaurusTrainingOptions, card: URL) throws(TrainingError) {
    let (output, checkpoint) = (options.output, options.checkpointFile)
    guard output.standardizedFileURL != card.standardizedFileURL else {
      throw TrainingError("\(output.path) is the name of the card; choose an --output that ends in .safetensors.")
    }
    for file in [output, card] where file.standardizedFileURL == checkpoint.standardizedFileURL {
      throw TrainingError("\(file.path) is written by the training too; choose another --checkpoint.")
    }
    for (file, option) in [(output, "--output"), (card, "--output"), (checkpoint, "--checkpoint")] {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      guard !exists || !isFolder.boolValue else {
        throw TrainingError("\(file.path) is a folder; name the file to write with \(option).")
      }
      // A device or a pipe is no place for a model and must not be replaced by one.
      let kind = try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path)[.type]
      guard !exists || kind as? FileAttributeType == .typeRegular else {
        throw TrainingError("\(file.path) is no plain file; choose another \(option).")
      }
      let folder = file.deletingLastPathComponent()
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      } catch {
        throw TrainingError("The folder \(folder.path) cannot be made; choose another \(option).")
      }
      let trial = folder.appending(path: ".\(file.lastPathComponent).\(getpid()).trial")
      guard FileManager.default.createFile(atPath: trial.path, contents: Data()) else {
        throw TrainingError("\(file.path) cannot be written; choose another \(option).")
      }
      unlink(trial.path)
    }
  }
}
