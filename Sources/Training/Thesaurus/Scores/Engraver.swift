// Engraves scores as pictures.
public import Foundation

/// Draws scores of patterns with LilyPond, which is run as a program.
public enum Engraver {
  /// The folders of the environment's PATH.
  public static var systemPath: String { ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin" }

  /// Draws `score` to `base` with the extension of each format. What stood there is replaced only by a whole picture.
  /// Takes a second or two for each format.
  ///
  /// - Parameters:
  ///   - base: the files' name without extension, in a folder that exists.
  ///   - searchPath: folders in which LilyPond is sought, separated by colons.
  ///   - timeout: seconds for each format.
  ///   - isInterrupted: asked some times a second; true stops.
  /// - Returns: one sentence for each picture that could not be drawn; a single one when LilyPond is missing, which
  ///   names no file, so that the complaints about many pictures can be joined.
  public static func engrave(
    _ score: PatternScore, base: URL, formats: [ScoreFormat] = ScoreFormat.allCases,
    searchPath: String = systemPath, timeout: Double = 120, isInterrupted: () -> Bool = { false }
  ) -> [String] {
    guard !formats.isEmpty else { return [] }
    guard LilyPond(searchPath: searchPath) != nil else { return [LilyPond.isMissing] }
    var complaints: [String] = []
    for format in formats where !isInterrupted() {
      let url = base.deletingLastPathComponent().appending(path: "\(base.lastPathComponent).\(format.rawValue)")
      complaints += engrave(
        score, to: url, as: format, searchPath: searchPath, timeout: timeout, isInterrupted: isInterrupted)
    }
    return complaints
  }

  /// Draws `score` to `url` in one format, whatever the file's name ends in.
  ///
  /// - Returns: a sentence when it could not be drawn.
  static func engrave(
    _ score: PatternScore, to url: URL, as format: ScoreFormat, searchPath: String = systemPath, timeout: Double = 120,
    isInterrupted: () -> Bool = { false }
  ) -> [String] {
    guard let program = LilyPond(searchPath: searchPath) else { return [LilyPond.isMissing] }
    let folder = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = LilyPondWriter.text(score, paper: format == .pdf ? .pages : .picture)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let picture = try program.engrave(source, as: format, in: folder, timeout: timeout, isInterrupted: isInterrupted)
      try WholeFile.write(Data(contentsOf: picture), to: url)
      return []
    } catch let error as LilyPond.Failure {
      return ["\(url.path) could not be engraved: \(error.reason)"]
    } catch let error as ScoreFileError {
      return [error.description]
    } catch {
      return ["\(url.path) could not be engraved: \(error.localizedDescription); check the free space."]
    }
  }
}
