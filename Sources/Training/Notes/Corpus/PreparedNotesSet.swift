// Several files of prepared notes as one.

public import Foundation

/// The sequences of several files one after another: the shards of a corpus, or corpora that are learnt together. The
/// files stay mapped. Immutable: threads may share it.
public struct PreparedNotesSet: Sendable {
  /// The files in their order.
  public let files: [PreparedNotes]
  /// The first sequence of each file, and the number of all.
  private let starts: [Int]

  /// Opens files and checks everything in them.
  ///
  /// - Throws: `CorpusError.noFiles` for an empty list, and what `PreparedNotes` throws.
  public init(contentsOf urls: [URL]) throws {
    guard !urls.isEmpty else { throw CorpusError.noFiles }
    files = try urls.map { try PreparedNotes(contentsOf: $0) }
    starts = files.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
  }

  /// Sequences of all files.
  public var count: Int { starts.last ?? 0 }
  /// Notes of all files.
  public var noteCount: Int { files.reduce(0) { $0 + $1.noteCount } }
  /// The reports of all files.
  public var reports: [SourceReport] { files.flatMap(\.reports) }

  /// Sequence `index` of 0..<count.
  public subscript(index: Int) -> NoteSequence {
    let (file, place) = place(of: index)
    return file[place]
  }

  /// Notes of a sequence, without reading it.
  public func noteCount(of index: Int) -> Int {
    let (file, place) = place(of: index)
    return file.noteCount(of: place)
  }

  /// Which notes of its piece a sequence holds, without reading it.
  public func part(of index: Int) -> NotePart {
    let (file, place) = place(of: index)
    return file.part(of: place)
  }

  /// The part of the data to which a sequence belongs, without reading it.
  public func split(of index: Int) -> Split {
    let (file, place) = place(of: index)
    return file.split(of: place)
  }

  /// The composer of a sequence, without reading it; nil when it is not known.
  public func composer(of index: Int) -> String? {
    let (file, place) = place(of: index)
    return file.composer(of: place)
  }

  /// The genre of a sequence, without reading it; nil when it has none.
  public func genre(of index: Int) -> String? {
    let (file, place) = place(of: index)
    return file.genre(of: place)
  }

  /// The places of the sequences of one part of the data.
  public func indices(of split: Split) -> [Int] {
    zip(files, starts).flatMap { file, start in file.indices(of: split).map { start + $0 } }
  }

  /// The sequences of one part of the data, in the order of the files.
  public func sequences(of split: Split) -> [NoteSequence] { files.flatMap { $0.sequences(of: split) } }

  /// The file of a sequence and the place within it.
  private func place(of index: Int) -> (PreparedNotes, Int) {
    let file = starts.lastIndex { $0 <= index } ?? 0
    return (files[file], index - starts[file])
  }
}
