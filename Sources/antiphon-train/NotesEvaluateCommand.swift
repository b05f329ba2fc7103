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
      With --data or --folder: the live model on held-out pieces, beside n-grams that learnt from the training pieces, \
      and with --answers the figures of its answers beside the composers' own continuations. Several models, or one of \
      another kind, are compared in one table; so is everything with --folder, which takes any folder of music.
      With --melodies: cross-validation on a folder of monophonic MIDI files; trains as it goes.
      With --frames: a network for chords on a grid, trained and tested on a JSON file of pieces.
      On a shared machine set OPENBLAS_NUM_THREADS=1.
      """)

  @Argument(help: "The model files; that of the presets by default.")
  var models: [String] = []

  @Option(help: "The file that \"notes prepare\" wrote.")
  var data: String?

  @Option(help: "A folder of MIDI, MusicXML, ABC or MusicNet files, all of which are measured.")
  var folder: String?

  @Option(help: "Which pieces of --data: train, validation, test or all.")
  var split = "test"

  @Option(help: "Which notes of the pieces of --data or --folder: whole, voice, upper, lower, separated by commas.")
  var parts: String?

  @Flag(help: "Compare in a table even a single model of the kind that answers live.")
  var compare = false

  @Option(name: .shortAndLong, help: "Write the comparison (CSV) and pictures of confusions and attention to this folder.")
  var output: String?

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
    let given = [data, folder, melodies, frames].compactMap(\.self).count
    guard given == 1 else {
      throw ValidationError(
        "Give one of --data FILE, --folder FOLDER, --melodies FOLDER and --frames FILE; \(given) were given.")
    }
    guard models.isEmpty || data != nil || folder != nil else {
      throw ValidationError("--melodies and --frames train models of their own; leave \"\(models[0])\" out.")
    }
    _ = try chosenParts()
    for (name, value) in [("notes", notes), ("networks", networks), ("threads", threads), ("epochs", epochs ?? 1)]
    where value < 1 {
      throw ValidationError("--\(name) is \(value); give at least 1.")
    }
    if let answers, !(1...100_000).contains(answers) {
      throw ValidationError("--answers is \(answers); give a number from 1 to 100000.")
    }
    guard split == "all" || Split(rawValue: split) != nil else {
      throw ValidationError("--split is \"\(split)\"; choose train, validation, test or all.")
    }
  }

  func run() throws {
    var line = JobProgress()
    // Nothing is written to a file, so an interruption simply ends the trainings.
    if let melodies {
      var options = MelodyEvaluation.Options()
      (options.folds, options.networks, options.seed, options.threads) = (folds, networks, seed, threads)
      if let epochs { options.epochs = epochs }
      let folder = URL(fileURLWithPath: melodies)
      let evaluation = try MelodyEvaluation(folder: folder, options: options) { _ = show($0) }
      print(json ? try evaluation.json() : evaluation.text)
    } else if let frames {
      var options = FrameEvaluation.Options()
      (options.seed, options.threads) = (seed, threads)
      if let epochs { options.epochs = epochs }
      let evaluation = try FrameEvaluation(file: URL(fileURLWithPath: frames), options: options) { _ = show($0) }
      print(json ? try evaluation.json() : evaluation.text)
    } else if let folder {
      let work = FileManager.default.temporaryDirectory.appending(path: "antiphon-evaluate-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: work) }
      let file = work.appending(path: "notes.safetensors")
      _ = try NoteCorpus.prepare([URL(fileURLWithPath: folder)], to: file) { source, done, count in
        line.show("\(source): \(done) of \(count) files", isLast: done == count)
        return Interruption.isRaised
      }
      try compareAll(file, split: nil)
    } else if let data {
      let url = URL(fileURLWithPath: data)
      let prepared = try PreparedNotes(contentsOf: url)
      let files = try modelFiles()
      if answers != nil {
        for file in files { try answerAll(file, prepared, isOneOf: files.count) }
      } else if files.count == 1, NoteModelKind.isLive(files[0]), !compare, split != "all", parts == nil, output == nil {
        try measure(files[0], prepared)
      } else {
        try compareAll(url, split: Split(rawValue: split))
      }
    }
  }

  private func modelFiles() throws -> [URL] {
    guard !models.isEmpty else { return [try ModelLocator().find(ModelLocator.noteModel, given: nil)] }
    return try models.map { try ModelLocator().find(ModelLocator.noteModel, given: $0) }
  }

  private func chosenParts() throws -> Set<NotePart> {
    do { return try parts.map { try NotePart.set(typed: $0) } ?? [] } catch { throw ValidationError("--\(error)") }
  }

  /// Shows what is being done, and tells of Ctrl-C.
  private func show(_ text: String) -> Bool {
    var line = JobProgress()
    if !text.isEmpty { line.show(text, isLast: true) }
    return Interruption.isRaised
  }

  private func measure(_ model: URL, _ prepared: PreparedNotes) throws {
    var options = NoteEvaluation.Options()
    (options.split, options.notes, options.tellsScale) = (Split(rawValue: split) ?? .test, notes, !noScale)
    let evaluation = try NoteEvaluation(model: model, notes: prepared, options: options, progress: show)
    print(json ? try evaluation.json() : evaluation.text)
  }

  private func answerAll(_ model: URL, _ prepared: PreparedNotes, isOneOf count: Int) throws {
    let chosen = try styles.split(separator: ",").map { name in
      (name: String(name), settings: try NotesStyle.settings(String(name)))
    }
    guard let part = Split(rawValue: split) else {
      throw ValidationError("--answers measures one part of the data; give --split train, validation or test.")
    }
    let evaluation = try AnswerEvaluation(
      model: model, notes: prepared, styles: chosen, phrases: answers ?? 0, split: part, seed: seed, progress: show)
    if count > 1, !json { print(model.lastPathComponent) }
    print(json ? try evaluation.json() : evaluation.text)
  }

  private func compareAll(_ data: URL, split: Split?) throws {
    let prepared = try PreparedNotesSet(contentsOf: [data])
    var options = ModelComparison.Options()
    (options.split, options.parts, options.notes) = (split, try chosenParts(), notes)
    (options.tellsScale, options.threads) = (!noScale, threads)
    let folder = try output.map { try OutputFolder.make($0) }
    let comparison = try ModelComparison(models: try modelFiles(), notes: prepared, options: options, progress: show)
    print(json ? try comparison.json() : comparison.text)
    guard let folder else { return }
    let complaints = try comparison.write(to: folder)
    complaints.forEach(StandardError.say)
    print(folder.path)
  }
}
