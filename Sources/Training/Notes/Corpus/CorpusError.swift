// Why a collection of scores cannot become note sequences.

/// What is wrong; `description` is one sentence for a person.
public enum CorpusError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No folder was named.
  case noFolders
  /// A folder holds no score in a format that is read.
  case noScores(path: String)
  /// Nothing was left of all that was read; what became of the files.
  case nothingKept(summary: String)
  /// No piece passed the filters; the filters as options, and the names that there are.
  case nothingPasses(filter: String, known: String)
  /// No file of prepared notes was named.
  case noFiles
  /// The output cannot be written.
  case unwritable(path: String, reason: String)
  /// A file is not one of prepared notes.
  case notPrepared(path: String, reason: String)
  /// The person asked the program to end.
  case interrupted

  public var description: String {
    switch self {
    case .noFolders:
      "No folder of music was given; name at least one that holds MIDI, MusicXML, ABC or MusicNet files."
    case .noScores(let path):
      "Folder \(path) holds no .mid, .midi, .mxl, .musicxml, .xml or .abc file and no train_labels/*.csv; give the "
        + "folder that holds the music."
    case .nothingKept(let summary):
      "No piece of at least \(NoteCorpus.fewestNotes) notes was found (\(summary)); give a folder with longer or sound "
        + "files."
    case .nothingPasses(let filter, let known):
      "No piece passes \(filter): \(known); correct the filters."
    case .noFiles:
      "No file of prepared notes was given; make one with \"antiphon-train notes prepare\"."
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason); check the folder, its permissions and the free space."
    case .notPrepared(let path, let reason):
      "\(path) holds no prepared notes: \(reason); make it again with \"antiphon-train notes prepare\"."
    case .interrupted:
      "Interrupted; nothing was written, run the same command to begin again."
    }
  }
}
