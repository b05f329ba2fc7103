// Runs LilyPond as a program.
import Dispatch
import Foundation

/// LilyPond, sought in the folders of a search path each time.
struct LilyPond {
  /// What is said when there is none, about no score in particular.
  static let isMissing =
    "No score was engraved because LilyPond is missing; install it with `sudo apt install lilypond` (the notes can be "
    + "written as .ly, .mid and .musicxml without it)."

  private let program: String

  /// Nil when there is none.
  init?(searchPath: String) {
    let found = searchPath.split(separator: ":").map { "\($0)/lilypond" }
      .first(where: FileManager.default.isExecutableFile(atPath:))
    guard let found else { return nil }
    program = found
  }

  /// Why there is no picture, in words that can follow "it could not be engraved: ".
  struct Failure: Error {
    let reason: String
  }

  /// Engraves `source` in `folder`, which is given up afterwards.
  ///
  /// - Parameters:
  ///   - timeout: seconds after which the program is ended.
  ///   - isInterrupted: asked some times a second; true ends the program.
  /// - Returns: the picture.
  func engrave(
    _ source: String, as format: ScoreFormat, in folder: URL, timeout: Double, isInterrupted: () -> Bool
  ) throws(Failure) -> URL {
    let process = Process()
    let input = folder.appending(path: "score.ly")
    let messages = folder.appending(path: "messages.txt")
    do {
      try Data(source.utf8).write(to: input)
      // Messages go to a file: a pipe that nobody empties would stop the program.
      try Data().write(to: messages)
      process.standardError = try FileHandle(forWritingTo: messages)
    } catch {
      throw Failure(reason: "\(folder.path) cannot be written (\(error.localizedDescription)); check the free space.")
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.currentDirectoryURL = folder
    process.arguments = ["--loglevel=ERROR", "-dno-point-and-click", "-dresolution=150"] + Self.options(format) + [
      "-o", "score", "score.ly",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do { try process.run() } catch {
      throw Failure(reason: "\(program) could not be run (\(error.localizedDescription)).")
    }
    let deadline = DispatchTime.now() + timeout
    while ended.wait(timeout: .now() + 0.1) == .timedOut {
      let isLate = DispatchTime.now() > deadline
      guard isLate || isInterrupted() else { continue }
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
      throw Failure(
        reason: isLate
          ? "LilyPond took more than \(Int(timeout)) seconds and was stopped; write fewer patterns."
          : "it was interrupted.")
    }
    let picture = folder.appending(path: "score.\(format.rawValue)")
    guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: picture.path) else {
      let said = (try? String(decoding: Data(contentsOf: messages), as: UTF8.self)) ?? ""
      let line = said.split(separator: "\n").first { $0.contains("error") } ?? said.split(separator: "\n").last
      throw Failure(reason: "LilyPond says \"\(line?.prefix(200) ?? "nothing")\"; check its installation.")
    }
    return picture
  }

  private static func options(_ format: ScoreFormat) -> [String] {
    switch format {
    case .svg: ["-dbackend=svg"]
    case .png: ["--png"]
    case .pdf: ["--pdf"]
    }
  }
}
