// The command antiphon-train notes prepare.
import ArgumentParser
import Foundation
import Training

/// Reads folders of scores into one file of note sequences.
struct NotesPrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare", abstract: "Reads folders of MIDI, MusicXML and ABC files into one file of notes.",
    discussion: """
      Pieces in one subfolder are kept together when the data are split into training, validation and test: give each \
      composer a subfolder. A table of all sequences is written beside the output (.csv).
      """)

  @Argument(help: "Folders of .mid, .midi, .mxl, .musicxml, .xml or .abc files.")
  var folders: [String]

  @Option(name: .shortAndLong, help: "The safetensors file to write.")
  var output: String

  func run() throws {
    var lines: [String: JobProgress] = [:]
    let outcome = try NoteCorpus.prepare(
      folders.map { URL(fileURLWithPath: $0) }, to: URL(fileURLWithPath: output), command: OptionReading.commandLine
    ) { source, done, count in
      lines[source, default: JobProgress()].show("\(source): \(done) of \(count) files", isLast: done == count)
      return Interruption.isRaised
    }
    for report in outcome.reports { print(report) }
    print("\(outcome.sequences) sequences, \(outcome.notes) notes")
    for file in outcome.files { print(file.path) }
  }
}
