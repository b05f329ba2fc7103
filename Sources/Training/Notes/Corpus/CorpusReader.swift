// From the files of a corpus to pieces.

import Foundation
import Improviser
import MIDI
import Music

/// Reads files, applies the filters and prepares what is to be written, so that this can happen on several threads.
/// What is wrong with a file is part of the outcome.
struct CorpusReader: Sendable {
  /// A piece with all that is written of it.
  struct Cut: Sendable {
    var piece: CorpusPiece
    /// The whole first.
    var sequences: [NoteSequence]
    var digest: NoteDigest
    /// The rows of the table; empty where none is written.
    var rows: [UInt8]
  }

  /// What became of a file, or of a tune in it.
  struct Item: Sendable {
    /// The name in reports.
    var name: String
    var result: Result<Cut, CorpusExclusion>
    /// Notes that were read.
    var noteCount = 0
    var remarks: [String] = []
    var composer: String?
    var genre: String?
    var instruments: Set<Int16> = []
    /// Of a tune that is long enough to be compared.
    var tune: TuneGroups.Keys?
  }

  private static let leastWeight = 1 << 14

  let options: CorpusOptions
  /// Nil when no file needs it.
  let tunes: FolkTunes?

  /// What a file holds.
  func items(of file: CorpusFile) -> [Item] {
    do throws(CorpusExclusion) {
      let size = try checkedSize(of: file)
      guard size > 0 else { throw .empty }
      return try pieces(of: file).map { cut($0, file: file) }
    } catch {
      return [Item(name: file.reportName, result: .failure(error))]
    }
  }

  /// How much memory the work on a file takes and its outcome holds, about, in bytes: some 300 bytes a note, and the
  /// notes take this much of each format.
  static func weight(of file: CorpusFile) -> Int {
    let size = (try? FileManager.default.attributesOfItem(atPath: file.url.path)[.size] as? Int) ?? 0
    let expansion =
      switch file.kind {
      case .midi: 40
      case .musicXML: file.path.lowercased().hasSuffix("mxl") ? 40 : 2
      case .musicNet: 10
      case .abc: 40
      case .other: 0
      }
    return leastWeight + expansion * size
  }

  /// Bytes of a regular file within the limits; of other things, such as pipes, nothing is read.
  private func checkedSize(of file: CorpusFile) throws(CorpusExclusion) -> Int {
    if case .other(let kind) = file.kind { throw .notMusic(kind) }
    let url = file.url.resolvingSymlinksInPath()
    guard let values = try? url.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey]),
      values.isRegularFile == true, let size = values.fileSize
    else { throw .broken("it is not a regular file, or cannot be read") }
    let limit = file.kind == .midi ? options.largestFile / 4 : options.largestFile
    guard size <= limit else { throw .huge("it has \(size) bytes; the limit is \(limit)") }
    return size
  }

  private func pieces(of file: CorpusFile) throws(CorpusExclusion) -> [CorpusPiece] {
    switch file.kind {
    case .musicXML: [try MusicXMLPiece.read(file)]
    case .midi: [try MIDIPiece.read(file)]
    case .musicNet: [try MusicNetPiece.read(file)]
    case .abc: try tunes.map { tunes throws(CorpusExclusion) in try ABCPieces.read(file, with: tunes) } ?? []
    case .other(let kind): throw .notMusic(kind)
    }
  }

  private func cut(_ piece: CorpusPiece, file: CorpusFile) -> Item {
    var piece = piece
    var item = Item(
      name: piece.source + "/" + piece.name, result: .failure(.empty), noteCount: piece.notes.count,
      remarks: piece.remarks, composer: piece.composer, genre: piece.genre,
      instruments: Set(piece.notes.map(\.instrument)), tune: piece.tune)
    let end = piece.notes.map(\.end).max() ?? 0
    if piece.notes.isEmpty { return item }
    if piece.notes.count > options.mostNotes {
      item.result = .failure(.huge("it has \(piece.notes.count) notes; the limit is \(options.mostNotes)"))
    } else if end > options.longest {
      item.result = .failure(.huge("it lasts \(Int(end / 3600)) hours; the limit is \(Int(options.longest / 3600))"))
    } else if !options.filter.admits(composer: piece.composer, genre: piece.genre) {
      item.result = .failure(.filtered)
    } else {
      piece.notes = options.filter.notes(of: piece)
      let sequences = ScoreSequences(fewest: NoteCorpus.fewestNotes).sequences(of: piece)
      if let whole = sequences.first {
        let rows = options.writesTable ? NoteTable.rows(of: piece) : []
        item.result = .success(
          Cut(piece: piece, sequences: sequences, digest: NoteDigest(whole.events), rows: rows))
      } else {
        item.result = .failure(piece.notes.count < item.noteCount ? .filtered : .fewNotes)
      }
    }
    return item
  }
}
