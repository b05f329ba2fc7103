// The labelled pieces for training, from all sources.

public import Foundation
import Music

/// All labelled pieces with the reports of their sources.
public struct PieceLibrary: Hashable, Sendable {
  /// The pieces, in the order of the sources and of their files.
  public var pieces: [LabelledPiece]
  /// What was read and left out, one for each source.
  public var reports: [SourceReport]

  /// A library of pieces at hand.
  public init(pieces: [LabelledPiece], reports: [SourceReport] = []) {
    self.pieces = pieces
    self.reports = reports
  }

  /// Reads the sources; a source whose folder is nil is left out. Takes minutes: keep the result with `write(to:)`.
  ///
  /// - Parameter progress: called after each file with the source's name, the number done and the number of all.
  /// - Throws: `SourceError` when a folder or a program is missing; single files that cannot be read are counted.
  public init(
    folkTunes: URL?, lieder: URL?,
    progress: (_ source: String, _ done: Int, _ of: Int) -> Void = { _, _, _ in }
  ) throws(SourceError) {
    self.init(pieces: [])
    if let folkTunes {
      append(try FolkTunes(folder: folkTunes).read { progress(FolkTunes.source, $0, $1) })
    }
    if let lieder {
      append(try Lieder(folder: lieder).read { progress(Lieder.source, $0, $1) })
    }
  }

  private mutating func append(_ source: (pieces: [LabelledPiece], report: SourceReport)) {
    pieces += source.pieces
    reports.append(source.report)
  }
}
