// The command antiphon-train notes prepare.
import ArgumentParser
import Foundation
import Training

/// Reads folders of scores into one file of note sequences.
struct NotesPrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare", abstract: "Reads folders of MIDI, MusicXML, ABC and MusicNet files into one file of notes.",
    discussion: """
      Pieces in one subfolder are kept together when the data are split into training, validation and test: give each \
      composer a subfolder. A list of all sequences (.csv) and a report of all files (-report.csv) are written beside \
      the output. Of files with the same notes only the first is kept.
      """)

  @Argument(help: "Folders of .mid, .midi, .mxl, .musicxml, .xml and .abc files, or MusicNet's folder.")
  var folders: [String]

  @Option(name: .shortAndLong, help: "The safetensors file to write.")
  var output: String

  @Option(help: ArgumentHelp("Keep pieces of this composer, or with this in the name; repeatable.", valueName: "name"))
  var composer: [String] = []

  @Option(
    help: ArgumentHelp(
      "Keep the notes of this instrument: a General MIDI program 0…127, a name of programs or of parts; repeatable.",
      valueName: "name or program"))
  var instrument: [String] = []

  @Option(help: ArgumentHelp("Keep pieces of this genre, a subfolder's name; repeatable.", valueName: "folder"))
  var genre: [String] = []

  @Flag(help: "Write OUT-notes.csv and OUT-notes.safetensors, a table of all notes.")
  var table = false

  @Flag(help: "Write OUT-rolls.safetensors, piano rolls.")
  var rolls = false

  @Option(help: ArgumentHelp("Frames of the piano rolls: 4/beat or 100/s.", valueName: "rate"))
  var rollRate = "4/beat"

  @Flag(help: "Write OUT-tokens.safetensors, every sequence as tokens.")
  var tokens = false

  @Option(
    help: ArgumentHelp(
      "Analyse MusicNet's recordings beside the labels, and write pictures and figures to this folder.",
      valueName: "folder"))
  var waveforms: String?

  @Flag(help: "Keep files that have the notes of another file.")
  var keepDuplicates = false

  @Option(help: ArgumentHelp("Read only the i-th of n parts of the files, such as 1/4.", valueName: "i/n"))
  var shard: String?

  @Option(help: "Leave out files of more MiB; MIDI files of more than a quarter of it.")
  var largestFile = 32

  @Option(help: "Leave out pieces of more notes.")
  var mostNotes = 1_000_000

  @Option(help: "Threads that read; all cores by default. The outcome does not depend on them.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func run() throws {
    let options = try options()
    let folder = try waveforms.map(OutputFolder.make)
    var lines: [String: JobProgress] = [:]
    let outcome = try NoteCorpus.prepare(
      folders.map { URL(fileURLWithPath: $0) }, to: URL(fileURLWithPath: output), options: options,
      command: OptionReading.commandLine
    ) { source, done, count in
      lines[source, default: JobProgress()].show("\(source): \(done) of \(count) files", isLast: done == count)
      return Interruption.isRaised
    }
    for report in outcome.reports { print(report) }
    for line in outcome.summary { print(line) }
    if !outcome.sounds.isEmpty { print("\(outcome.sounds.count) recordings beside the labels") }
    print("\(outcome.sequences) sequences, \(outcome.notes) notes")
    let counts = Split.allCases.map { (split: $0, count: outcome.splits[$0] ?? 0) }
    print(counts.map { "\($0.split.rawValue) \($0.count)" }.joined(separator: ", ") + " of the sequences")
    for (split, count) in counts where count == 0 {
      StandardError.say(
        "No piece fell into the part \(split.rawValue): composers (subfolders) stay together, so it takes a dozen or more "
          + "of them; without a test part measure with --split validation or all.")
    }
    for file in outcome.files { print(file.path) }
    if let folder { try analyse(outcome.sounds, to: folder) }
  }

  /// Levels, spectrum, chroma and onsets of the recordings, the labels of each drawn over it.
  private func analyse(_ sounds: [URL], to folder: URL) throws {
    var hasFailed = sounds.isEmpty
    if hasFailed {
      StandardError.say("No recordings lie beside labels; --waveforms is for MusicNet's folder with its WAVs.")
    }
    for (sound, name) in zip(sounds, OutputFolder.names(of: sounds)) {
      do {
        let report = try WaveformAnalysis.run(
          sound, labels: MusicNetRecording.labels(of: sound), to: folder.appending(path: name)
        ) { _ in Interruption.isRaised }
        report.complaints.forEach(StandardError.say)
        print(report.text)
      } catch {
        if Interruption.isRaised { throw error }
        StandardError.say("\(error)")
        hasFailed = true
      }
    }
    if hasFailed { throw ExitCode.failure }
  }

  private func options() throws -> CorpusOptions {
    var options = CorpusOptions()
    guard threads >= 1, threads <= 1024 else { throw ValidationError("--threads is \(threads); give 1 to 1024.") }
    guard largestFile >= 1, largestFile <= 1024 else {
      throw ValidationError("--largest-file is \(largestFile); give 1 to 1024 MiB.")
    }
    guard mostNotes >= NoteCorpus.fewestNotes else {
      throw ValidationError("--most-notes is \(mostNotes); give at least \(NoteCorpus.fewestNotes).")
    }
    if let shard {
      guard let part = CorpusShard(shard) else {
        throw ValidationError("--shard is \"\(shard)\"; give a part and the number of parts, such as 1/4.")
      }
      options.shard = part
    }
    guard let rate = RollRate(rollRate) else {
      throw ValidationError("--roll-rate is \"\(rollRate)\"; give frames a beat such as 4/beat, or a second, 100/s.")
    }
    options.threads = threads
    options.largestFile = largestFile << 20
    options.mostNotes = mostNotes
    options.keepsDuplicates = keepDuplicates
    options.filter.composers = composer
    options.filter.instruments = instrument
    options.filter.genres = genre
    options.writesTable = table
    options.rolls = rolls ? rate : nil
    options.writesTokens = tokens
    return options
  }
}
