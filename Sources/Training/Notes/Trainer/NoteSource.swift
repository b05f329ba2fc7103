// Where a training takes its sequences from: mapped files, or memory.
import Improviser

/// Sequences that are read one at a time. A source over prepared files holds none of them. Immutable: threads may share
/// it.
struct NoteSource: Sendable {
  private enum Place: Sendable {
    case memory([NoteSequence])
    /// Mapped files and the places of the sequences in them.
    case files(PreparedNotesSet, [Int])
  }

  private let place: Place

  /// Sequences in memory.
  init(_ sequences: [NoteSequence]) { place = .memory(sequences) }

  /// The sequences of one part of prepared files.
  ///
  /// - Parameter parts: which notes of the pieces; empty for all.
  init(_ notes: PreparedNotesSet, split: Split, parts: Set<NotePart> = []) {
    let indices = notes.indices(of: split)
    place = .files(notes, parts.isEmpty ? indices : indices.filter { parts.contains(notes.part(of: $0)) })
  }

  /// Some sequences of prepared files, by their places.
  init(_ notes: PreparedNotesSet, indices: [Int]) { place = .files(notes, indices) }

  private init(_ place: Place) { self.place = place }

  /// Sequences.
  var count: Int {
    switch place {
    case .memory(let sequences): sequences.count
    case .files(_, let indices): indices.count
    }
  }

  /// Notes of a sequence, without reading it.
  func noteCount(_ index: Int) -> Int {
    switch place {
    case .memory(let sequences): sequences[index].events.count
    case .files(let notes, let indices): notes.noteCount(of: indices[index])
    }
  }

  /// Reads a sequence.
  func sequence(_ index: Int) -> NoteSequence {
    switch place {
    case .memory(let sequences): sequences[index]
    case .files(let notes, let indices): notes[indices[index]]
    }
  }

  /// The composer of a sequence; nil when it is not known.
  func composer(_ index: Int) -> String? {
    switch place {
    case .memory(let sequences): sequences[index].composer
    case .files(let notes, let indices): notes.composer(of: indices[index])
    }
  }

  /// The genre of a sequence; nil when it has none.
  func genre(_ index: Int) -> String? {
    switch place {
    case .memory(let sequences): sequences[index].genre
    case .files(let notes, let indices): notes.genre(of: indices[index])
    }
  }

  /// Notes of all sequences.
  var noteCount: Int { (0..<count).reduce(0) { $0 + noteCount($1) } }

  /// The first sequences, or all.
  func prefix(_ limit: Int?) -> NoteSource {
    guard let limit, limit < count else { return self }
    return every(1, from: 0, below: max(0, limit))
  }

  /// Each `step`-th sequence from `first` on.
  func every(_ step: Int, from first: Int = 0, below end: Int? = nil) -> NoteSource {
    let places = stride(from: first, to: min(end ?? count, count), by: max(1, step))
    switch place {
    case .memory(let sequences): return NoteSource(.memory(places.map { sequences[$0] }))
    case .files(let notes, let indices): return NoteSource(.files(notes, places.map { indices[$0] }))
    }
  }
}
