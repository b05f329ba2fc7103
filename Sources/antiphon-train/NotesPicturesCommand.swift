// The command antiphon-train notes pictures.
import ArgumentParser
import Foundation
import Training

/// Draws what notes are like: distributions and piano rolls.
struct NotesPicturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pictures", abstract: "Draws distributions and piano rolls of data and of generated music.",
    discussion: """
      Each picture is written as PNG and SVG (with gnuplot), its numbers as CSV. With --generated each file or folder \
      of MIDI files is drawn over the data, and its distances are printed: the Jensen-Shannon divergence in bits and \
      the overlapping area of the histograms. Two corpora can be compared in the same way.
      """)

  @Option(help: "The notes that \"notes prepare\" wrote, or a folder of MIDI files.")
  var data: String

  @Option(parsing: .upToNextOption, help: "MIDI files, or folders of them, to compare with the data.")
  var generated: [String] = []

  @Option(help: "Only pieces of a composer (or group) whose name contains this.")
  var composer: String?

  @Option(help: "Piano rolls of so many pieces of each collection; 0 for none.")
  var pieces = 3

  @Option(help: "Beats of each piano roll.")
  var beats = 32

  @Option(help: "What the colour of a note says: velocity, or voice (tracks and channels of MIDI files).")
  var colour = "velocity"

  @Option(help: "Only one part of prepared notes: train, validation or test.")
  var split: String?

  @Option(name: .shortAndLong, help: "The folder for the pictures; it is made where there is none.")
  var output: String

  func run() throws {
    guard (0...12).contains(pieces) else {
      throw ValidationError("--pieces is \(pieces); give a number from 0 to 12.")
    }
    guard (1...4096).contains(beats) else {
      throw ValidationError("--beats is \(beats); give a number from 1 to 4096.")
    }
    guard let colouring = PianoRoll.Colouring(rawValue: colour) else {
      throw ValidationError("--colour is \"\(colour)\"; choose velocity or voice.")
    }
    let part = try split.map { name in
      guard let part = Split(rawValue: name) else {
        throw ValidationError("--split is \"\(name)\"; choose train, validation or test.")
      }
      return part
    }
    let data = try readData(part)
    var complaints = data.complaints
    var others: [NoteCollection] = []
    for path in generated {
      do {
        let other = try NoteCollection(
          midi: URL(fileURLWithPath: path), pieces: pieces, isInterrupted: { Interruption.isRaised })
        complaints += other.complaints
        others.append(other)
      } catch {
        if Interruption.isRaised { throw error }
        complaints.append("\(error)")
      }
    }
    complaints += try draw(data, others, colouring, in: OutputFolder.make(output))
    guard !complaints.isEmpty else { return }
    // The same sentence about gnuplot once.
    var said: Set<String> = []
    for complaint in complaints where said.insert(complaint).inserted {
      StandardError.say(complaint)
    }
    throw ExitCode.failure
  }

  private func readData(_ part: Split?) throws -> NoteCollection {
    let url = URL(fileURLWithPath: data)
    let isFolder = (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    guard isFolder else {
      return try NoteCollection(
        prepared: url, split: part, composer: composer, pieces: pieces, isInterrupted: { Interruption.isRaised })
    }
    guard part == nil, composer == nil else {
      throw ValidationError("--split and --composer choose from prepared notes; leave them out for a folder.")
    }
    return try NoteCollection(midi: url, pieces: pieces, isInterrupted: { Interruption.isRaised })
  }

  /// Draws everything, prints the distances and the files, and returns what was not drawn.
  private func draw(
    _ data: NoteCollection, _ others: [NoteCollection], _ colouring: PianoRoll.Colouring, in folder: URL
  ) throws -> [String] {
    var complaints: [String] = []
    var files: [URL] = []
    func write(_ picture: some Picture, _ name: String) throws {
      let base = folder.appending(path: name)
      complaints += try picture.write(to: base)
      files += picture.files(at: base).filter { FileManager.default.fileExists(atPath: $0.path) }
    }
    func rolls(_ collection: NoteCollection, _ name: String) throws {
      guard !collection.pieces.isEmpty else { return }
      try write(PianoRoll(collection.pieces, beats: Double(beats), colouring: colouring), name)
    }
    let names = OutputFolder.names(of: others.map { URL(fileURLWithPath: $0.distributions.name) })
    if others.isEmpty { try write(DistributionSheet(data.distributions), "distributions") }
    for (other, name) in zip(others, names) {
      let sheet = DistributionSheet(data.distributions, beside: other.distributions)
      print(sheet.distanceTable)
      try write(sheet, "distributions-\(name)")
    }
    try rolls(data, "rolls-data")
    for (other, name) in zip(others, names) { try rolls(other, "rolls-\(name)") }
    for file in files { print(file.path) }
    return complaints
  }
}
