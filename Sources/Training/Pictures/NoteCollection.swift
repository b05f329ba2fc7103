// The notes of a collection as the pictures need them.
public import Foundation
import Improviser
import MIDI
import Music

/// Histograms of all pieces of a collection, and some of its pieces whole. Pieces are read one after another.
public struct NoteCollection: Sendable {
  /// What is counted of all pieces.
  public private(set) var distributions: NoteDistributions
  /// Pieces for piano rolls, spread evenly over the collection.
  public private(set) var pieces: [PianoRoll.Piece] = []
  /// Why files were left out, a sentence each.
  public private(set) var complaints: [String] = []

  private static let extensions = ["mid", "midi", "MID"]
  /// General MIDI's channel 10.
  private static let percussion = 9

  /// Whole pieces of prepared notes (their single voices are left out, for the notes would count twice).
  ///
  /// - Parameters:
  ///   - url: a file that "antiphon-train notes prepare" wrote.
  ///   - split: one part of the data; nil for all.
  ///   - composer: part of a composer's name, or of the group's where none is known, in either case; nil for all.
  ///   - count: the most pieces that are kept whole.
  ///   - isInterrupted: asked after each piece.
  /// - Throws: `ModelError` or `CorpusError` for the file, `TrainingError` when nothing is left.
  public init(
    prepared url: URL, split: Split?, composer: String?, pieces count: Int, isInterrupted: () -> Bool = { false }
  ) throws {
    let data = try PreparedNotes(contentsOf: url)
    let words = [url.lastPathComponent, split.map(\.rawValue), composer].compactMap(\.self)
    distributions = NoteDistributions(name: words.joined(separator: ", "))
    var places: [Int] = []
    for place in split.map(data.indices) ?? Array(0..<data.count) {
      let sequence = data[place]
      guard sequence.part == .whole, Self.isOf(composer, sequence) else { continue }
      distributions.add(sequence.events)
      places.append(place)
      if isInterrupted() { throw TrainingError("Interrupted; no picture was drawn, run the same command again.") }
    }
    guard !places.isEmpty else {
      let filters = [composer.map { "--composer \($0)" }, split.map { "--split \($0.rawValue)" }].compactMap(\.self)
      throw TrainingError(
        "\(url.path): no whole piece is left\(filters.isEmpty ? "" : " by \(filters.joined(separator: " and "))"); "
          + "see the names in its table (.csv).")
    }
    pieces = Self.spread(places, count).map { place in
      let sequence = data[place]
      return PianoRoll.Piece(title: sequence.name, events: sequence.events)
    }
  }

  /// A MIDI file, or all of a folder with its subfolders, without percussion.
  ///
  /// - Parameters:
  ///   - url: the file or folder. Files that cannot be read are left out with a complaint.
  ///   - count: the most pieces that are kept whole.
  ///   - isInterrupted: asked after each file.
  /// - Throws: `SourceError` for a folder without MIDI files, `TrainingError` when no file has notes.
  public init(midi url: URL, pieces count: Int, isInterrupted: () -> Bool = { false }) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw TrainingError("\(url.path): there is no such file or folder; check the name.")
    }
    distributions = NoteDistributions(name: url.standardizedFileURL.lastPathComponent)
    let files = isFolder.boolValue
      ? try MusicFolder(url).files(Self.extensions).map { url.appending(path: $0) } : [url]
    var readable: [URL] = []
    for file in files {
      do throws(StandardMIDIFileError) {
        let notes = try Self.notes(file)
        if notes.isEmpty {
          complaints.append("\(file.path) holds no pitched note and is left out; give a piece of music.")
        } else {
          distributions.add(ScoreTicks.events(notes.map(Self.plain)))
          readable.append(file)
        }
      } catch {
        complaints.append("\(error); it is left out.")
      }
      if isInterrupted() { throw TrainingError("Interrupted; no picture was drawn, run the same command again.") }
    }
    guard !readable.isEmpty else {
      throw TrainingError(
        complaints.count == 1 ? complaints[0]
          : "\(url.path): none of its \(files.count) MIDI files could be read (\(complaints[0])).")
    }
    for file in Self.spread(readable, count) {
      let title = file.deletingPathExtension().lastPathComponent
      if let notes = try? Self.notes(file) { pieces.append(PianoRoll.Piece(title: title, notes: notes)) }
    }
  }

  private static func notes(_ file: URL) throws(StandardMIDIFileError) -> [ScoreNote] {
    try StandardMIDIFile(contentsOf: file).scoreNotes().filter { $0.channel != percussion }
  }

  private static func plain(_ note: ScoreNote) -> Note {
    Note(pitch: note.pitch, velocity: note.velocity, onset: note.onset, duration: note.duration)
  }

  private static func isOf(_ composer: String?, _ sequence: NoteSequence) -> Bool {
    guard let composer else { return true }
    return (sequence.composer ?? sequence.group).localizedCaseInsensitiveContains(composer)
  }

  /// At most `count` of the elements, evenly spread.
  static func spread<Element>(_ elements: [Element], _ count: Int) -> [Element] {
    guard elements.count > count else { return elements }
    return (0..<max(0, count)).map { elements[$0 * elements.count / count] }
  }
}

extension PianoRoll.Piece {
  /// Notes of a MIDI file; each track and channel is a voice.
  init(title: String, notes: [ScoreNote]) {
    let voices = Set(notes.map { $0.track * 16 + $0.channel }).sorted()
    let boxes = notes.map { note in
      PianoRoll.Box(
        onset: note.onset, duration: note.duration, pitch: note.pitch, velocity: note.velocity,
        voice: voices.firstIndex(of: note.track * 16 + note.channel) ?? 0)
    }
    self.init(title: title, boxes: boxes)
  }
}
