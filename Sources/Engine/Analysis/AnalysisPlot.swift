// Draws an analysis through gnuplot, run as a program.
public import Foundation

/// A picture of an analysis: PNG or SVG by the ending of its file name.
public struct AnalysisPlot: Sendable {
  /// Where the picture goes.
  public let path: String
  private let isSVG: Bool

  /// Checks the name and the place before anything is computed.
  public init(path: String) throws(PlotError) {
    self.path = path
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    guard ending == "png" || ending == "svg" else { throw .unknownExtension(path: path) }
    isSVG = ending == "svg"
    let files = FileManager.default
    var isDirectory: ObjCBool = false
    let exists = files.fileExists(atPath: path, isDirectory: &isDirectory)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if exists {
      if isDirectory.boolValue { throw .unwritable(path: path, reason: "it is a directory") }
      if !files.isWritableFile(atPath: path) { throw .unwritable(path: path, reason: "permission denied") }
    } else if !files.fileExists(atPath: folder, isDirectory: &isDirectory) || !isDirectory.boolValue {
      throw .unwritable(path: path, reason: "there is no directory \(folder)")
    } else if !files.isWritableFile(atPath: folder) {
      throw .unwritable(path: path, reason: "permission denied in \(folder)")
    }
  }

  /// Draws `result`, which must hold its steps.
  ///
  /// - Parameter searchPath: directories, separated by colons, in which gnuplot is sought.
  public func draw(
    _ result: AnalysisResult, searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  ) throws(PlotError) {
    let candidates = searchPath.split(separator: ":").map { "\($0)/gnuplot" }
    guard let gnuplot = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else { throw .noGnuplot }
    let picture = try run(gnuplot, ChromagramScript(result: result, isSVG: isSVG).text)
    try write(picture)
  }

  /// The system's own word is clearer than Foundation's ("The operation could not be completed").
  private func write(_ picture: Data) throws(PlotError) {
    guard let file = fopen(path, "wb") else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
    let isWritten = picture.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) } == picture.count
    let written = errno
    let isClosed = fclose(file) == 0
    if !isWritten || !isClosed {
      throw .unwritable(path: path, reason: String(cString: strerror(isWritten ? errno : written)))
    }
  }

  /// The program goes to gnuplot through a file: through a pipe, both sides could wait for each other.
  private func run(_ gnuplot: String, _ script: String) throws(PlotError) -> Data {
    let folder = FileManager.default.temporaryDirectory
    let program = folder.appendingPathComponent("antiphon-\(UUID().uuidString).gnuplot")
    let complaints = folder.appendingPathComponent("antiphon-\(UUID().uuidString).log")
    defer {
      try? FileManager.default.removeItem(at: program)
      try? FileManager.default.removeItem(at: complaints)
    }
    do {
      try Data(script.utf8).write(to: program)
      try Data().write(to: complaints)
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: gnuplot)
      process.arguments = [program.path]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = try FileHandle(forWritingTo: complaints)
      try process.run()
      let picture = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      if process.terminationStatus == 0 && !picture.isEmpty { return picture }
    } catch {
      throw .failed(path: path, reason: "\(error.localizedDescription)")
    }
    let said = (try? String(contentsOf: complaints, encoding: .utf8)) ?? ""
    let lastLine = said.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) } ?? "it said nothing"
    throw .failed(path: path, reason: lastLine.trimmingCharacters(in: .whitespaces))
  }
}
