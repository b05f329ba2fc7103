// Writes patterns in any of their formats.
public import Foundation

/// Files of patterns.
public enum PatternFile {
  /// The most patterns that a score holds; lists may hold all.
  public static let largestScore = 200

  /// Writes `score` to `url` in one format. The file is whole or not there.
  ///
  /// - Returns: why a picture was not drawn; see `Engraver.engrave`.
  /// - Throws: `ScoreFileError` when the file cannot be written or the score is too long.
  public static func write(
    _ score: PatternScore, to url: URL, as format: PatternFileFormat, searchPath: String = Engraver.systemPath,
    isInterrupted: () -> Bool = { false }
  ) throws(ScoreFileError) -> [String] {
    try check(score, for: [format])
    try WholeFile.check(url)
    let table = PatternTable(score)
    switch format {
    case .text: try WholeFile.write(Data(table.text.utf8), to: url)
    case .csv: try WholeFile.write(Data(table.csv.utf8), to: url)
    case .json: try WholeFile.write(Data(table.json.utf8), to: url)
    case .midi: try WholeFile.write(PatternMIDI.data(score), to: url)
    case .musicXML: try WholeFile.write(Data(MusicXMLWriter.text(score).utf8), to: url)
    case .lilyPond: try WholeFile.write(Data(LilyPondWriter.text(score).utf8), to: url)
    case .svg, .png, .pdf:
      return Engraver.engrave(
        score, to: url, as: format.picture ?? .pdf, searchPath: searchPath, isInterrupted: isInterrupted)
    }
    return []
  }

  /// Writes `score` to `base` with the extension of each format.
  ///
  /// - Parameter base: the files' name without extension, in a folder that exists.
  /// - Returns: the files that were written, and why pictures were not drawn, each sentence once.
  /// - Throws: `ScoreFileError` at the first file that cannot be written.
  public static func write(
    _ score: PatternScore, base: URL, formats: [PatternFileFormat] = PatternFileFormat.allCases,
    searchPath: String = Engraver.systemPath, isInterrupted: () -> Bool = { false }
  ) throws(ScoreFileError) -> (files: [URL], complaints: [String]) {
    try check(score, for: formats)
    var (files, complaints): ([URL], [String]) = ([], [])
    for format in formats where !isInterrupted() {
      let url = base.deletingLastPathComponent().appending(path: "\(base.lastPathComponent).\(format.rawValue)")
      let said = try write(score, to: url, as: format, searchPath: searchPath, isInterrupted: isInterrupted)
      complaints += said.filter { !complaints.contains($0) }
      if said.isEmpty { files.append(url) }
    }
    return (files, complaints)
  }

  /// Whether the score is short enough for all of `formats`.
  public static func check(_ score: PatternScore, for formats: [PatternFileFormat]) throws(ScoreFileError) {
    guard let format = formats.first(where: { !$0.isList }), score.entries.count > largestScore else { return }
    throw ScoreFileError(
      description: "\(score.entries.count) patterns are too many for a score (.\(format.rawValue)), which holds "
        + "\(largestScore); choose by --progression, --operation, --count or --limit, or write .csv, .json or .txt.")
  }
}
