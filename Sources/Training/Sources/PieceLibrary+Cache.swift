// Keeping labelled pieces in one file.

public import Foundation
import Music

extension PieceLibrary {
  /// Eight bytes that begin a cache; the last is the version of the layout.
  private static let magic = Array("antpcs".utf8) + [0, 1]

  /// Writes the library to one file: the magic, the reports as JSON, then each piece, all numbers little-endian.
  ///
  /// - Throws: `SourceError.unwritableCache` when the file cannot be written.
  public func write(to url: URL) throws(SourceError) {
    var writer = PieceWriter(bytes: Self.magic)
    do {
      writer.write(text: String(decoding: try JSONEncoder().encode(reports), as: UTF8.self))
      writer.write(count: pieces.count)
      for piece in pieces { writer.write(piece) }
      try Data(writer.bytes).write(to: url, options: .atomic)
    } catch {
      throw SourceError.unwritableCache(path: url.path, reason: error.localizedDescription)
    }
  }

  /// Reads a library that `write(to:)` wrote; takes about a second.
  ///
  /// - Throws: `SourceError.badCache` when the file is missing, damaged or of another version.
  public init(cache url: URL) throws(SourceError) {
    do {
      let data = [UInt8](try Data(contentsOf: url))
      guard data.starts(with: Self.magic) else {
        throw SourceError.badCache(path: url.path, reason: "it is of another kind or version")
      }
      var reader = PieceReader(bytes: data, offset: Self.magic.count)
      let reports = try JSONDecoder().decode([SourceReport].self, from: Data(try reader.text().utf8))
      let count = try reader.count(ofAtLeast: PieceReader.smallestPiece)
      var pieces: [LabelledPiece] = []
      pieces.reserveCapacity(count)
      for _ in 0..<count { pieces.append(try reader.piece()) }
      self.init(pieces: pieces, reports: reports)
    } catch let error as SourceError {
      throw error
    } catch is PieceReader.Damage {
      throw SourceError.badCache(path: url.path, reason: "it is damaged")
    } catch {
      throw SourceError.badCache(path: url.path, reason: error.localizedDescription)
    }
  }
}
