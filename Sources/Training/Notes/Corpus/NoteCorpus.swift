// Makes prepared notes from folders of scores.

public import Foundation
import MIDI
import Music

/// Reads folders of MIDI, MusicXML and ABC files into one file of note sequences.
///
/// Each folder is a source, named like itself. Pieces in one subfolder (of the folder "scores", where there is one) are
/// one group, a composer for example; a piece beside them is its own group; tunes in ABC are grouped by title and
/// beginning. The outcome depends on the files alone.
public enum NoteCorpus {
  /// Sequences of fewer notes are left out.
  public static let fewestNotes = 16
  private static let midi = ["mid", "midi", "MID"]
  private static let musicXML = ["mxl", "musicxml", "xml"]

  /// What `prepare` made.
  public struct Outcome: Sendable {
    /// One report for each folder and kind of file.
    public var reports: [SourceReport] = []
    /// Sequences written.
    public var sequences = 0
    /// Notes written.
    public var notes = 0
    /// The files written.
    public var files: [URL] = []
  }

  /// Reads `folders` and writes `output` with its table.
  ///
  /// - Parameters:
  ///   - command: recorded in the file.
  ///   - progress: called after each file with the source, the number done and the number of all; true interrupts.
  /// - Throws: `CorpusError`, `SourceError` or `ModelError`; single files that cannot be read are counted.
  public static func prepare(
    _ folders: [URL], to output: URL, command: String = "",
    progress: (_ source: String, _ done: Int, _ of: Int) -> Bool = { _, _, _ in false }
  ) throws -> Outcome {
    guard !folders.isEmpty else { throw CorpusError.noFolders }
    let writer = try PreparedNotesWriter(to: output, metadata: ["command": command])
    var outcome = Outcome()
    for folder in folders {
      let before = outcome.reports.count
      try read(MusicFolder(folder), into: writer, &outcome) { source, done, count in
        if progress(source, done, count) { throw CorpusError.interrupted }
      }
      guard outcome.reports.count > before else { throw CorpusError.noScores(path: folder.path) }
    }
    guard writer.count > 0 else { throw CorpusError.nothingKept }
    try writer.finish(reports: outcome.reports)
    outcome.sequences = writer.count
    outcome.notes = writer.noteCount
    outcome.files = [output, writer.tableURL]
    return outcome
  }

  private typealias Progress = (_ source: String, _ done: Int, _ of: Int) throws -> Void

  private static func read(
    _ outer: MusicFolder, into writer: PreparedNotesWriter, _ outcome: inout Outcome, progress: Progress
  ) throws {
    let source = outer.url.standardizedFileURL.lastPathComponent
    let scores = (try? MusicFolder(outer.url.appending(path: "scores"))) ?? outer
    let cutter = ScoreSequences(fewest: fewestNotes, source: source)
    if let files = files(of: scores, musicXML) {
      let report = try read(files, source: source, writer, progress: progress) { file, group in
        let content = try MusicXMLScore.content(of: scores.url.appending(path: file))
        return cutter.sequences(of: content, name: file, group: group)
      }
      outcome.reports.append(report)
    }
    if let files = files(of: scores, midi) {
      let report = try read(files, source: source, writer, progress: progress) { file, group in
        let notes = try StandardMIDIFile(contentsOf: scores.url.appending(path: file)).scoreNotes().map {
          Note(
            pitch: $0.pitch, velocity: $0.velocity, onset: $0.onset, duration: $0.duration, channel: $0.channel)
        }
        return cutter.sequences(of: notes, name: file, group: group)
      }
      outcome.reports.append(report)
    }
    if files(of: outer, ["abc"]) != nil {
      let tunes = try FolkTunes(folder: outer.url)
      let (scores, report) = try tunes.scores(fewest: fewestNotes) { try progress(source, $0, $1) }
      for sequence in scores.compactMap(cutter.sequence) { try writer.append(sequence) }
      outcome.reports.append(report)
    }
  }

  /// Reads the files one after another.
  private static func read(
    _ files: [String], source: String, _ writer: PreparedNotesWriter, progress: Progress,
    _ sequences: (_ file: String, _ group: String) throws -> [NoteSequence]
  ) throws -> SourceReport {
    var report = SourceReport(source: source)
    for (done, file) in files.enumerated() {
      let group = file.contains("/") ? file.prefix { $0 != "/" } : file.prefix(upTo: stemEnd(file))
      let found: [NoteSequence]
      do {
        found = try sequences(file, String(group))
      } catch {
        if case .missingProgram? = error as? SourceError { throw error }
        report.leaveOut("cannot be read")
        try progress(source, done + 1, files.count)
        continue
      }
      if found.contains(where: { $0.part == .whole }) {
        report.keep()
      } else {
        report.leaveOut("have fewer than \(fewestNotes) notes")
      }
      for sequence in found { try writer.append(sequence) }
      try progress(source, done + 1, files.count)
    }
    return report
  }

  /// The place of the last dot.
  private static func stemEnd(_ file: String) -> String.Index { file.lastIndex(of: ".") ?? file.endIndex }

  /// nil when the folder holds none.
  private static func files(of folder: MusicFolder, _ extensions: [String]) -> [String]? {
    try? folder.files(extensions)
  }
}
