// What every picture has: the numbers behind it and the script that draws them.
public import Foundation

/// A picture that gnuplot draws, with its numbers as tables of comma-separated values.
public protocol Picture {
  /// The numbers, with a line of column names.
  var csv: String { get }
  /// Further tables: what is appended to the file's name, and the text.
  var tables: [(suffix: String, text: String)] { get }
  /// gnuplot commands without terminal and output.
  var script: String { get }
  /// Pixels.
  var width: Int { get }
  /// Pixels.
  var height: Int { get }
}

extension Picture {
  /// No further tables.
  public var tables: [(suffix: String, text: String)] { [] }
  /// The width for which all texts are set.
  public var width: Int { 900 }

  /// Writes `base`.csv, the further tables and the picture in each format, each file whole or not at all.
  ///
  /// - Returns: why pictures were not drawn, a sentence each; see `PictureSet.draw`.
  /// - Throws: `PictureError` when a table cannot be written.
  public func write(
    to base: URL, formats: [PictureFormat] = PictureFormat.allCases, searchPath: String = Gnuplot.systemPath
  ) throws(PictureError) -> [String] {
    for (suffix, text) in [("", csv)] + tables {
      let url = base.deletingLastPathComponent().appending(path: base.lastPathComponent + suffix + ".csv")
      do { try Data(text.utf8).write(to: url, options: .atomic) } catch {
        throw PictureError(
          description:
            "\(url.path) cannot be written (\(error.localizedDescription)); check the folder and the free space.")
      }
    }
    return PictureSet.draw(
      script, base: base, formats: formats, width: width, height: height, searchPath: searchPath)
  }

  /// The files that `write` makes when nothing is missing.
  public func files(at base: URL, formats: [PictureFormat] = PictureFormat.allCases) -> [URL] {
    let folder = base.deletingLastPathComponent()
    let names = ([""] + tables.map(\.suffix)).map { $0 + ".csv" } + formats.map { "." + $0.rawValue }
    return names.map { folder.appending(path: base.lastPathComponent + $0) }
  }
}
