// From prepared notes to a model with its card, history and pictures.
public import Foundation
import Improviser

/// One whole training, as the command line asks for it.
public enum NoteTraining {
  /// Notes that the long-term memory counts at most, which bounds what it takes while it is built.
  private static let mostCounted = 4_000_000

  /// Trains on the training part of the data and writes the model of the pass with the fewest validation bits (half
  /// precision) to `options.output`, beside it the card (.md), the history (-history.csv) and, where gnuplot is
  /// installed, its pictures (-history.png, -history.svg). The checkpoint lies beside it until the next training.
  ///
  /// - Parameters:
  ///   - observer: told of each step and pass.
  ///   - group: the processes that train together, each with the same options and data; the first writes the files.
  ///   - isInterrupted: asked after each step; when true, the checkpoint is written and an error says so.
  /// - Returns: what could not be drawn, in sentences; empty when all is well.
  public static func run(
    _ options: NoteTrainingOptions, data urls: [URL], observer: (any TrainingObserver)? = nil,
    group: (any GradientExchange)? = nil, isInterrupted: () -> Bool
  ) throws -> [String] {
    try protect(urls, from: options)
    let notes = try PreparedNotesSet(contentsOf: urls)
    return try run(
      options, training: NoteSource(notes, split: .train, parts: options.parts),
      validation: NoteSource(notes, split: .validation, parts: options.parts),
      observer: observer, group: group, isInterrupted: isInterrupted)
  }

  /// The same from one file.
  public static func run(
    _ options: NoteTrainingOptions, data url: URL, observer: (any TrainingObserver)? = nil,
    group: (any GradientExchange)? = nil, isInterrupted: () -> Bool
  ) throws -> [String] {
    try run(options, data: [url], observer: observer, group: group, isInterrupted: isInterrupted)
  }

  /// The same from any sources.
  static func run(
    _ options: NoteTrainingOptions, training: NoteSource, validation: NoteSource,
    observer: (any TrainingObserver)? = nil, group: (any GradientExchange)? = nil,
    isInterrupted: () -> Bool = { false }
  ) throws -> [String] {
    let ranks = TrainingRanks(group)
    let (training, validation) = (training.prefix(options.sequenceLimit), validation.prefix(options.sequenceLimit))
    var options = options
    let base = options.output.deletingPathExtension()
    let checkpoint = options.checkpoint ?? base.appendingPathExtension("checkpoint.pt")
    options.checkpoint = checkpoint
    if ranks.isFirst { try prepare(options.output, checkpoint: checkpoint) }
    let outcome = try NoteTrainer(options, group: group).run(
      training: training, validation: validation, observer: observer, isInterrupted: isInterrupted)
    let network = outcome.network
    let told: NoteBits
    let untold: NoteBits
    if ranks.isFirst, !options.isQuiet { TrainingProgress().finish("measuring the model of the best pass") }
    do {
      told = try NoteTrainer.measure(network, on: validation, ranks: ranks, isInterrupted: isInterrupted)
      untold = try NoteTrainer.measure(
        network, on: validation, isScaleHidden: true, ranks: ranks, isInterrupted: isInterrupted)
    } catch let lost as LostRank {
      throw TrainingError("Another rank was lost after the last pass (\(lost)); go on with --resume.")
    }
    guard ranks.isFirst else { return [] }
    let notes = [
      "data": options.data, "licence": options.licence, "command": options.command, "seed": "\(options.seed)",
      "seconds_a_pass": "\(secondsAPass(outcome.history))",
      // A kind that hears no scale has one figure.
      "figures": "validation \(told.text)" + (told == untold ? "" : "; without the scale \(untold.text)"),
    ]
    let memory = network.options.kind == .lstm ? memory(of: training) : nil
    try NoteLearnerFile.write(network, memory: memory, notes: notes, to: options.output)
    let card = NoteCard(
      options: options, network: network, told: told, untold: untold, history: outcome.history, training: training,
      validation: validation, processes: ranks.size)
    try write(card.text, to: base.appendingPathExtension("md"))
    try write(NoteHistory.text(outcome.history), to: named(base, "history.csv"))
    return PictureSet.draw(NoteHistory.script(outcome.history), base: named(base, "history"))
  }

  /// What follows what in the training part: whole pieces and single voices. The staves of a piano would be counted
  /// twice. Of a corpus of more notes than are counted, every second, third … sequence is.
  static func memory(of training: NoteSource, mostCounted: Int = mostCounted) -> LongTermMemory {
    let builder = LongTermMemoryBuilder()
    let step = max(1, (training.noteCount + mostCounted - 1) / mostCounted)
    for index in stride(from: 0, to: training.count, by: step) {
      let sequence = training.sequence(index)
      if sequence.part == .whole || sequence.part == .voice { builder.add(sequence.events) }
    }
    return builder.finish()
  }

  /// Refuses to write the model or the checkpoint over the data.
  private static func protect(_ data: [URL], from options: NoteTrainingOptions) throws(TrainingError) {
    let kept = Set(data.map { $0.resolvingSymlinksInPath().path })
    let written = [(options.output, "--output")] + (options.checkpoint.map { [($0, "--checkpoint")] } ?? [])
    for (file, option) in written where kept.contains(file.resolvingSymlinksInPath().path) {
      throw TrainingError("\(file.path) holds the data; choose another \(option).")
    }
  }

  /// Makes the folders of the output and of the checkpoint and tries to write into them, before hours of training
  /// depend on it.
  private static func prepare(_ output: URL, checkpoint: URL) throws(TrainingError) {
    for (file, option) in [(output, "--output"), (checkpoint, "--checkpoint")] {
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), isFolder.boolValue {
        throw TrainingError("\(file.path) is a folder; name the file to write with \(option).")
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

  /// The mean of the passes, without validation.
  private static func secondsAPass(_ history: [NoteEpoch]) -> Double {
    let passes = history.map { $0.training.notes / max($0.notesASecond, 1e-9) }
    return passes.isEmpty ? 0 : (passes.reduce(0, +) / Double(passes.count)).rounded()
  }
}
