// The real antiphond, built beside the tests, in a folder of its own.

import Control
import Foundation
import Testing

/// The test program and the daemon are built into the same folder.
let antiphond = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  .deletingLastPathComponent().appending(path: "antiphond").path

/// Runs until it is ended; the folder goes with the object.
final class DaemonProcess {
  let process = Process()
  let folder = NSTemporaryDirectory() + "/af-" + UUID().uuidString.prefix(8)
  private(set) lazy var socket = folder + "/control"

  /// - Parameters:
  ///   - prepare: fills the folder before the start; its entries state, data and config are the user's folders.
  ///   - before: what the shell does first, such as `ulimit -v 2000000`.
  ///   - inOwnMounts: whether it may mount what nobody else sees.
  init(
    _ arguments: [String] = [], environment: [String: String] = [:], before: String? = nil, inOwnMounts: Bool = false,
    prepare: (String) throws -> Void = { _ in }
  ) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try prepare(folder)
    let own = [
      "XDG_STATE_HOME": folder + "/state", "XDG_DATA_HOME": folder + "/data", "XDG_CONFIG_HOME": folder + "/config",
      "STATE_DIRECTORY": "", "NOTIFY_SOCKET": "",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(own) { $1 }.merging(environment) { $1 }
    let all = ["--socket", folder + "/control"] + arguments
    var command = [antiphond] + all
    if let before { command = ["/bin/sh", "-c", "\(before); exec \"$0\" \"$@\""] + command }
    if inOwnMounts { command = [try #require(path(of: "unshare")), "--mount"] + command }
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    _ = FileManager.default.createFile(atPath: folder + "/log", contents: nil)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: folder + "/log")
    try process.run()
  }

  var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

  /// A connection, as soon as all parts of the daemon stand.
  func client() throws -> ControlClient {
    var client: ControlClient?
    let isUp = eventually(within: 30) {
      if client == nil { client = try? ControlClient(path: socket) }
      return !process.isRunning || (try? client?.status()) != nil
    }
    return try #require(isUp && process.isRunning ? client : nil, "the daemon does not answer: \(log)")
  }

  /// Ends it in order.
  /// - Returns: its exit status.
  func end() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  deinit {
    if process.isRunning { process.terminate() }
    if !eventually(within: 5, { !process.isRunning }) { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }
}

extension ControlClient {
  func status() throws -> Status {
    guard case .status(let status) = try ask(.status) else { throw ControlError.refused("no status") }
    return status
  }
}
