// The command antiphon-train notes evaluate.
import ArgumentParser
import Engine
import Foundation
import Training

/// Measures the note model, or the methods behind it on a folder of melodies or a file of chords.
struct NotesEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures how well notes are predicted and what answers are like.",
    discussion: """
      With --data: the model file on the held-out pieces of prepared notes, beside n-grams that learnt from the \
      training pieces, and with --answers the figures of its answers beside the composers' own continuations.
      With --melodies: cross-validation on a folder of monophonic MIDI files; trains as it goes.
      With --frames: a network for chords on a grid, trained and tested on a JSON file of pieces.
      On a shared machine set OPENBLAS_NUM_THREADS=1.
      """)

  @Argument(help: "The model file; that of the presets by default.")
  var model: String?

  @Option(help: "The file that \"notes prepare\" wrote.")
  var data: String?

  @Option(help: "Which pieces of --data: train, validation or test.")
  var split = "test"

  @Option(help: "Notes of each kind of music in --data, about.")
  var notes = 30_000

  @Flag(help: "Do not tell the network the scale.")
  var noScale = false

  @Option(help: "Answer so many phrases of --data, instead of predicting its notes.")
  var answers: Int?

  @Option(help: "Styles of the answers, separated by commas.")
  var styles = "balanced,creative,structured"

  @Option(help: "Folder of monophonic MIDI files.")
  var melodies: String?

  @Option(help: "Folds of the cross-validation on --melodies: file number modulo so many.")
  var folds = 10

  @Option(help: "Networks whose mean predicts, on --melodies.")
  var networks = 2

  @Option(help: "JSON file of chords on a grid, with \"train\", \"valid\" and \"test\".")
  var frames: String?

  @Option(help: "Passes over the training pieces, on --melodies and --frames.")
  var epochs: Int?

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "Threads of libtorch.")
  var threads = 1

  @Flag(help: "Print JSON instead of tables.")
  var json = false

  func validate() throws {
    let given = [data, melodies, frames].compactMap(\.self).count
    guard given == 1 else {
      throw ValidationError("Give one of --data FILE, --melodies FOLDER and --frames FILE; \(given) were given.")
    }
    for (name, value) in [("notes", notes), ("networks", networks), ("threads", threads), ("epochs", epochs ?? 1)]
    where value < 1 {
      throw ValidationError("--\(name) is \(value); give at least 1.")
    }
    if let answers, !(1...100_000).contains(answers) {
      throw ValidationError("--answers is \(answers); give a number from 1 to 100000.")
    }
    guard Split(rawValue: split) != nil else {
      throw ValidationError("--split is \"\(split)\"; choose train, validation or test.")
    }
  }

  func run() throws {
    var line = JobProgress()
    func show(_ text: String) { line.show(text, isLast: true) }
    // Nothing is written to a file, so an interruption simply ends the trainings.
    if let melodies {
      var options = MelodyEvaluation.Options()
      (options.folds, options.networks, options.seed, options.threads) = (folds, networks, seed, threads)
      if let epochs { options.epochs = epochs }
      let folder = URL(fileURLWithPath: melodies)
      let evaluation = try MelodyEvaluation(folder: folder, options: options, progress: show)
      print(json ? try evaluation.json() : evaluation.text)
    } else if let frames {
      var options = FrameEvaluation.Options()
      (options.seed, options.threads) = (seed, threads)
      if let epochs { options.epochs = epochs }
      let evaluation = try FrameEvaluation(file: URL(fileURLWithPath: frames), options: options, progress: show)
      print(json ? try evaluation.json() : evaluation.text)
    } else if let data {
      let model = try ModelLocator().find(ModelLocator.noteModel, given: model)
      let prepared = try PreparedNotes(contentsOf: URL(fileURLWithPath: data))
      try measure(model, prepared) { text in
        if !text.isEmpty { show(text) }
        return Interruption.isRaised
      }
    }
  }

  private func measure(_ model: URL, _ prepared: PreparedNotes, _ progress: (String) -> Bool) throws {
    let part = Split(rawValue: split) ?? .test
    if let answers {
      let chosen = try styles.split(separator: ",").map { name in
        (name: String(name), settings: try NotesStyle.settings(String(name)))
      }
      let evaluation = try AnswerEvaluation(
        model: model, notes: prepared, styles: chosen, phrases: answers, split: part, seed: seed, progress: progress)
      print(json ? try evaluation.json() : evaluation.text)
    } else {
      var options = NoteEvaluation.Options()
      (options.split, options.notes, options.tellsScale) = (part, notes, !noScale)
      let evaluation = try NoteEvaluation(model: model, notes: prepared, options: options, progress: progress)
      print(json ? try evaluation.json() : evaluation.text)
    }
  }
}
