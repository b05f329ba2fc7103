// From data set files to a model with its card, history and pictures.
public import Foundation
import Torch

/// One whole training, as the command line asks for it.
public enum ScaleTraining {
  /// Trains, calibrates on the validation split and writes the model (half precision) to `options.output`, beside it
  /// the card (.md), the history (.csv) and, where gnuplot is installed, pictures of the history and of the confusions.
  ///
  /// - Returns: what could not be drawn, in sentences; empty when all is well.
  public static func run(_ options: TrainingOptions, dataSet urls: [URL]) throws -> [String] {
    try run(options, samples: ChromaSamples(contentsOf: urls))
  }

  /// The same from samples in memory.
  public static func run(_ options: TrainingOptions, samples: ChromaSamples) throws -> [String] {
    try prepare(options.output)
    let trainer = try ChromaLiteTrainer(options, samples: samples)
    let (network, validation) = try trainer.run()
    let temperature = try Calibration.temperature(logits: validation.logits, targets: validation.targets)
    let calibrated = try ScaleLoss.surprise(logits: validation.logits / temperature, targets: validation.targets)
      .mean().item()
    let figures =
      "validation accuracy \(decimals(100 * validation.accuracy, 2)) %, validation loss \(decimals(calibrated, 4)) nats"
    let notes = [
      "data": options.data, "licence": options.licence, "command": options.command, "seed": "\(options.seed)",
      "figures": figures,
    ]
    try ChromaLiteFile.write(network, temperature: temperature, notes: notes, to: options.output)
    let base = options.output.deletingPathExtension()
    let card = ModelCard(
      options: options, parameters: network.parameterCount, temperature: temperature, figures: figures,
      epochs: trainer.history.count, samples: samples)
    try write(card.text, to: base.appendingPathExtension("md"))
    try write(HistoryFile.text(trainer.history), to: named(base, "history.csv"))
    let confusion = try Confusion(
      logits: validation.logits, targets: validation.targets, families: options.families,
      hasNone: options.hasNone)
    return [
      drawing { () throws(PictureError) in
        try Gnuplot.draw(HistoryPlot.script(trainer.history), to: named(base, "history.png"))
      },
      drawing { () throws(PictureError) in
        try Gnuplot.draw(
          ConfusionMatrix(confusion.counts, names: confusion.names, title: "families on the validation split").script,
          to: named(base, "confusion.png"), width: 800, height: 760)
      },
    ].compactMap(\.self)
  }

  /// Makes the output's folder and tries to write into it, before hours of training depend on it.
  private static func prepare(_ output: URL) throws(TrainingError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: output.path, isDirectory: &isFolder), isFolder.boolValue {
      throw TrainingError("\(output.path) is a folder; name the model file to write with --output.")
    }
    let folder = output.deletingLastPathComponent()
    let probe = partialURL(for: output).path
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw TrainingError("The folder \(folder.path) cannot be made; choose another --output.")
    }
    let descriptor = open(probe, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw TrainingError(
        "\(output.path) cannot be written: \(String(cString: strerror(errno))); choose another --output.")
    }
    close(descriptor)
    unlink(probe)
  }

  private static func write(_ text: String, to url: URL) throws(TrainingError) {
    do {
      try Data(text.utf8).write(to: url, options: .atomic)
    } catch {
      throw TrainingError("\(url.path) cannot be written; check the folder and the free space and go on with --resume.")
    }
  }

  private static func named(_ base: URL, _ ending: String) -> URL {
    base.deletingLastPathComponent().appending(path: base.lastPathComponent + "-" + ending)
  }

  private static func drawing(_ body: () throws(PictureError) -> Void) -> String? {
    do { try body() } catch { return error.description }
    return nil
  }
}
