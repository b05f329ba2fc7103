// Why a file gives no sequence.

/// The reason for which a file, or one tune of a book, is left out.
public enum CorpusExclusion: Error, Hashable, Sendable {
  /// It cannot be read; what is wrong with it.
  case broken(String)
  /// It has no bytes, or no notes.
  case empty
  /// It is beyond the limits of `CorpusOptions`; by what.
  case huge(String)
  /// It has the notes of another file, whose name this is.
  case duplicate(of: String)
  /// It is no music; what it is, "images" for example.
  case notMusic(String)
  /// It has fewer notes than a sequence needs.
  case fewNotes
  /// A filter of the options does not let it pass.
  case filtered

  /// The class of the reason, as tables name it.
  public var category: String {
    switch self {
    case .broken: "broken"
    case .empty: "empty"
    case .huge: "huge"
    case .duplicate: "duplicate"
    case .notMusic(let kind): "not music: \(kind)"
    case .fewNotes: "few notes"
    case .filtered: "filtered"
    }
  }

  /// What is particular to this file; empty where the class says all.
  public var detail: String {
    switch self {
    case .broken(let reason), .huge(let reason): reason
    case .duplicate(let name): "has the notes of \(name)"
    case .fewNotes: "fewer than \(NoteCorpus.fewestNotes) notes"
    case .empty, .notMusic, .filtered: ""
    }
  }

  /// The end of a sentence about several files.
  var plural: String {
    switch self {
    case .broken: "cannot be read"
    case .empty: "are empty"
    case .huge: "are too large"
    case .duplicate: "have the notes of another file"
    case .notMusic(let kind): "are \(kind)"
    case .fewNotes: "have fewer than \(NoteCorpus.fewestNotes) notes"
    case .filtered: "do not pass the filters"
    }
  }
}
