// From prepared notes to a model with its card, history and picture.
public import Foundation
import Improviser

/// One whole training, as the command line asks for it.
public enum NoteTraining {
  /// Trains on the training part of the data and writes the model of the pass with the fewest validation bits (half
  /// precision) to `options.output`, beside it the card (.md), the history (-history.csv) and, where gnuplot is
  /// installed, its picture (-history.png). The checkpoint lies beside it until all is written.
  ///
  /// - Parameter isInterrupted: asked after each step; when true, the checkpoint is written and an error says so.
  /// - Returns: what could not be drawn, in sentences; empty when all is well.
  public static func run(
    _ options: NoteTrainingOptions, data url: URL, isInterrupted: () -> Bool
  ) throws -> [String] {
    let notes = try PreparedNotes(contentsOf: url)
    let training = notes.sequences(of: .train)
    let validation = notes.sequences(of: .validation)
    return try run(options, training: training, validation: validation, isInterrupted: isInterrupted)
  }

  /// The same from sequences in memory.
  static func run(
    _ options: NoteTrainingOptions, training: [NoteSequence], validation: [NoteSequence],
    isInterrupted: () -> Bool = { false }
  ) throws -> [String] {
    try prepare(options.output)
    var options = options
    let base = options.output.deletingPathExtension()
    options.checkpoint = options.checkpoint ?? base.appendingPathExtension("checkpoint.pt")
    let (network, history) = try NoteTrainer(options).run(
      training: training, validation: validation, isInterrupted: isInterrupted)
    let told = try NoteTrainer.measure(network, on: validation)
    let untold = try NoteTrainer.measure(network, on: validation, isScaleHidden: true)
    let figures = "validation \(told.text); without the scale \(untold.text)"
    let notes = [
      "data": options.data, "licence": options.licence, "command": options.command, "seed": "\(options.seed)",
      "figures": figures,
    ]
    try NoteModelFile.write(network, memory: memory(of: training), notes: notes, to: options.output)
    let card = NoteCard(
      options: options, parameters: network.parameterCount, told: told, untold: untold, history: history,
      training: training, validation: validation)
    try write(card.text, to: base.appendingPathExtension("md"))
    try write(NoteHistory.text(history), to: named(base, "history.csv"))
    do throws(PictureError) {
      try Gnuplot.draw(NoteHistory.script(history), to: named(base, "history.png"))
    } catch {
      return [error.description]
    }
    return []
  }

  /// What follows what in the training part: whole pieces and single voices. The staves of a piano would be counted
  /// twice.
  private static func memory(of training: [NoteSequence]) -> LongTermMemory {
    let builder = LongTermMemoryBuilder()
    for sequence in training where sequence.part == .whole || sequence.part == .voice { builder.add(sequence.events) }
    return builder.finish()
  }

  /// Makes the output's folder and tries to write into it, before hours of training depend on it.
  private static func prepare(_ output: URL) throws(TrainingError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: output.path, isDirectory: &isFolder), isFolder.boolValue {
      throw TrainingError("\(output.path) is a folder; name the model file to write with --output.")
    }
    let folder = output.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw TrainingError("The folder \(folder.path) cannot be made; choose another --output.")
    }
    guard access(folder.path, W_OK | X_OK) == 0 else {
      throw TrainingError("\(output.path) cannot be written; choose another --output.")
    }
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
}
