// Running another program to its end.

import Dispatch
import Foundation

/// A program found in PATH.
struct ExternalProgram {
  let name: String
  private let url: URL

  /// Finds `name` in PATH; `package` is what to install when it is not there.
  init(_ name: String, package: String) throws(SourceError) {
    self.name = name
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    let candidates = path.split(separator: ":").map { String($0) + "/" + name }
    guard let found = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw SourceError.missingProgram(name: name, package: package)
    }
    url = URL(filePath: found)
  }

  /// Runs the program in `folder` and waits for its end; messages to its standard error are dropped.
  ///
  /// - Returns: its standard output and exit status.
  func run(_ arguments: [String], in folder: URL? = nil) throws(SourceError) -> (output: Data, status: Int32) {
    let process = Process()
    let output = Pipe()
    process.executableURL = url
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    // `waitUntilExit` looks only every 50 ms on Linux, which would add minutes to thousands of runs.
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
      let data = try output.fileHandleForReading.readToEnd() ?? Data()
      ended.wait()
      return (data, process.terminationStatus)
    } catch {
      throw SourceError.programFailed(name: name, reason: error.localizedDescription)
    }
  }
}
