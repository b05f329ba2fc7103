// A SoundFont file that was checked before the synthesizer's own parser sees it.
public import Foundation

/// A SoundFont file whose outer structure was checked: it exists, is regular, is RIFF/sfbk of version 2 or 3,
/// and every chunk lies inside the file and holds whole records.
///
/// SoundFonts come from anywhere, and crafted or truncated ones have crashed FluidSynth, so this check comes first.
/// It reads a few hundred bytes, whatever the size of the file.
/// Source: SoundFont Technical Specification 2.04, sections 4 to 7.
public struct SoundFontFile: Hashable, Sendable {
  /// The file format.
  public enum Format: String, Hashable, Sendable {
    /// Version 2: linear samples.
    case sf2
    /// Version 3: the same with Ogg Vorbis samples.
    case sf3
  }

  /// Where the file is.
  public let url: URL
  /// The format, as the file's version chunk says.
  public let format: Format

  /// Checks the file at `url`.
  ///
  /// - Throws: a `SoundFontError` that names the file and says what is wrong with it.
  public init(contentsOf url: URL) throws(SoundFontError) {
    let path = url.path
    try Self.checkRegular(path)
    let reader: ChunkReader
    do {
      reader = try ChunkReader(url: url)
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    self.url = url
    self.format = try Self.check(reader, path: path)
  }

  private static func checkRegular(_ path: String) throws(SoundFontError) {
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else {
      throw .missing(path: path)
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else { throw .notRegularFile(path: path) }
  }

  /// Walks RIFF ▸ LIST INFO, LIST sdta, LIST pdta and returns the format.
  private static func check(_ reader: ChunkReader, path: String) throws(SoundFontError) -> Format {
    guard let riff = reader.header(at: 0), riff.id == "RIFF", reader.identifier(at: 8) == "sfbk" else {
      throw .notSoundFont(path: path)
    }
    guard riff.end <= reader.length else {
      throw .truncated(path: path, expected: riff.end, actual: reader.length)
    }
    let lists = try chunks(reader, from: 12, to: riff.end, path: path).filter { $0.id == "LIST" && $0.size >= 4 }
    func list(_ name: String) throws(SoundFontError) -> [Chunk] {
      guard let found = lists.first(where: { reader.identifier(at: $0.body) == name }) else {
        throw .damaged(path: path, reason: "it has no \(name) section")
      }
      return try chunks(reader, from: found.body + 4, to: found.end, path: path)
    }
    let information = try list("INFO")
    guard try list("sdta").contains(where: { $0.id == "smpl" && $0.size > 0 }) else {
      throw .damaged(path: path, reason: "it has no samples")
    }
    try checkRecords(try list("pdta"), path: path)
    guard let versionChunk = information.first(where: { $0.id == "ifil" }), versionChunk.size == 4,
      let version = reader.uint16(at: versionChunk.body)
    else { throw .damaged(path: path, reason: "it has no version") }
    switch version {
    case 2: return .sf2
    case 3: return .sf3
    default: throw .unsupportedVersion(path: path, version: version)
    }
  }

  /// The chunks between two offsets; they must follow one another and fit.
  private static func chunks(
    _ reader: ChunkReader, from start: Int, to end: Int, path: String
  ) throws(SoundFontError) -> [Chunk] {
    var found: [Chunk] = []
    var offset = start
    while offset + 8 <= end {
      guard let chunk = reader.header(at: offset), chunk.end <= end else {
        throw .damaged(path: path, reason: "a chunk at byte \(offset) reaches beyond its section")
      }
      found.append(chunk)
      guard found.count <= 256 else { throw .damaged(path: path, reason: "it has too many chunks") }
      // Chunks are padded to even length with a zero; MuseScore's sf3 writer leaves the padding out.
      let isPadded = !chunk.size.isMultiple(of: 2) && reader.bytes(at: chunk.end, count: 1) == [0]
      offset = chunk.end + (isPadded ? 1 : 0)
    }
    return found
  }

  /// Bytes of one record in each table of the pdta section; every table also has a terminal record.
  private static let recordSizes = [
    ("phdr", 38), ("pbag", 4), ("pmod", 10), ("pgen", 4), ("inst", 22), ("ibag", 4), ("imod", 10), ("igen", 4),
    ("shdr", 46),
  ]

  private static func checkRecords(_ tables: [Chunk], path: String) throws(SoundFontError) {
    for (name, size) in recordSizes {
      guard let table = tables.first(where: { $0.id == name }) else {
        throw .damaged(path: path, reason: "it has no \(name) table")
      }
      // Modulators may be absent in practice; the others need at least one record and the terminal one.
      let least = name.hasSuffix("mod") ? 0 : 2 * size
      guard table.size.isMultiple(of: size), table.size >= least else {
        throw .damaged(path: path, reason: "its \(name) table has \(table.size) bytes")
      }
    }
  }
}
