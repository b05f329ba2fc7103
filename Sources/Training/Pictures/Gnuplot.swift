// Runs gnuplot as a program to draw a picture.
public import Foundation

/// Why a picture was not drawn, in one sentence. The numbers behind it are written all the same.
public struct PictureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String
}

/// gnuplot, sought on the PATH each time.
public enum Gnuplot {
  /// The folders of the environment's PATH.
  public static var systemPath: String { ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin" }

  /// What is said when there is no gnuplot, about no picture in particular.
  static let isMissing =
    "No picture was drawn because gnuplot is missing; install it with `sudo apt install gnuplot-nox` (the numbers are "
    + "in the .csv files)."

  /// The program's path; nil when there is none.
  static func program(searchPath: String) -> String? {
    searchPath.split(separator: ":").map { "\($0)/gnuplot" }
      .first(where: FileManager.default.isExecutableFile(atPath:))
  }

  /// Draws what `script` plots to `url`: PNG, or SVG where the name ends in .svg. The picture is drawn beside its name
  /// and renamed when it is whole.
  ///
  /// The script sets neither terminal nor output.
  public static func draw(
    _ script: String, to url: URL, width: Int = 900, height: Int = 600, searchPath: String = systemPath
  ) throws(PictureError) {
    guard let program = program(searchPath: searchPath) else {
      throw PictureError(
        description:
          "\(url.path) was not drawn because gnuplot is missing; install it with `sudo apt install gnuplot-nox`.")
    }
    let partial = partialURL(for: url)
    defer { try? FileManager.default.removeItem(at: partial) }
    let isSVG = url.pathExtension.lowercased() == "svg"
    let look = "noenhanced font 'Sans,11' background rgb 'white'"
    let head = """
      set terminal \(isSVG ? "svg" : "pngcairo") size \(width),\(height) \(look)
      set encoding utf8
      set output \(quoted(partial.path))

      """
    let scriptURL = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString).gnuplot")
    defer { try? FileManager.default.removeItem(at: scriptURL) }
    let errors = Pipe()
    do {
      try Data((head + script).utf8).write(to: scriptURL)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = [scriptURL.path]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = errors
      try process.run()
      let said = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let isDrawn = process.terminationStatus == 0 && FileManager.default.fileExists(atPath: partial.path)
      if isDrawn, rename(partial.path, url.path) == 0 { return }
      let line = String(decoding: said, as: UTF8.self).split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
      throw PictureError(
        description:
          "\(url.path): gnuplot could not draw it (\(line ?? "it said nothing")); check that the folder exists.")
    } catch let error as PictureError {
      throw error
    } catch {
      throw PictureError(description: "\(url.path): gnuplot could not be run (\(error.localizedDescription)).")
    }
  }

  /// `text` as a string of gnuplot: single-quoted, with single quotes doubled and on one line.
  static func quoted(_ text: some StringProtocol) -> String {
    let line = text.map { $0.isNewline ? " " : $0 }
    return "'" + String(line).replacing("'", with: "''") + "'"
  }
}
