// Runs gnuplot as a program to draw a picture.
public import Foundation

/// Why a picture was not drawn, in one sentence. The numbers behind it are written all the same.
public struct PictureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String
}

/// gnuplot, sought on the PATH each time.
public enum Gnuplot {
  /// Draws what `script` plots to `url`: PNG, or SVG where the name ends in .svg.
  ///
  /// The script sets neither terminal nor output.
  public static func draw(
    _ script: String, to url: URL, width: Int = 900, height: Int = 600,
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  ) throws(PictureError) {
    let candidates = searchPath.split(separator: ":").map { "\($0)/gnuplot" }
    guard let program = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw PictureError(
        description:
          "\(url.path) was not drawn because gnuplot is missing; install it with `sudo apt install gnuplot-nox`.")
    }
    let isSVG = url.pathExtension.lowercased() == "svg"
    let head = "set terminal \(isSVG ? "svg" : "pngcairo") size \(width),\(height) background rgb 'white'\n"
    // Single quotes are doubled inside gnuplot's single-quoted strings.
    let output = "set output '\(url.path.replacing("'", with: "''"))'\n"
    let scriptURL = FileManager.default.temporaryDirectory.appending(path: "antiphon-\(UUID().uuidString).gnuplot")
    defer { try? FileManager.default.removeItem(at: scriptURL) }
    let errors = Pipe()
    do {
      try Data((head + output + script).utf8).write(to: scriptURL)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = [scriptURL.path]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = errors
      try process.run()
      let said = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      if process.terminationStatus == 0 { return }
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
}
