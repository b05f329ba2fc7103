// A private jackd with the dummy driver that can be killed and started again under its name.

import Control
import Foundation
import Synchronization
import Testing

/// True when a program is on the path.
func isInstalled(_ program: String) -> Bool { path(of: program) != nil }

func path(of program: String) -> String? {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// Waits until `condition` holds, and says whether it did.
func eventually(within seconds: Double = 10, _ condition: () throws -> Bool) rethrows -> Bool {
  let end = MonotonicTime.now + seconds
  while try !condition() {
    if MonotonicTime.now > end { return false }
    usleep(5000)
  }
  return true
}

/// jackd keeps a list of at most eight servers of a machine, and one that is killed stays in it until a server of its
/// name ends in order. So there is one name, and the last life ends by SIGTERM.
final class JackServer {
  private static let count = Atomic<Int>(0)
  let name: String
  private var process: Process?
  private var isKilled = false
  private var socket: String { "/dev/shm/jack_\(name)_\(getuid())_0" }

  init() {
    let number = Self.count.add(1, ordering: .relaxed).newValue
    name = "faults-\(ProcessInfo.processInfo.processIdentifier)-\(number)"
  }

  /// Starts it and waits until it lets a client in.
  /// - Returns: when that was, in monotonic seconds.
  @discardableResult func start(rate: Int = 48_000, period: Int = 256) throws -> Double {
    let program = try #require(path(of: "jackd"))
    // Servers that begin at the same moment can trip over each other in the list that they share, and it can be full.
    for attempt in 0..<40 {
      if attempt > 4 { usleep(500_000) }
      let before = identity
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["--no-realtime", "-n", name, "-d", "dummy", "-r", "\(rate)", "-p", "\(period)"]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      self.process = process
      _ = eventually(within: 5) { !process.isRunning || identity != nil && identity != before }
      if try process.isRunning && eventually(within: 10, { try run("jack_lsp", []) == 0 }) { return MonotonicTime.now }
      process.terminate()
      process.waitUntilExit()
    }
    throw ControlError.system("start", path: program, reason: "it ended again and again")
  }

  /// Runs one of JACK's tools on this server.
  /// - Returns: its exit status.
  func run(_ tool: String, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(of: tool)))
    process.arguments = ["-s", name] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// What tells this life's socket from that of a server that was killed.
  private var identity: [Int]? {
    var information = stat()
    guard stat(socket, &information) == 0 else { return nil }
    return [Int(information.st_ino), Int(information.st_ctim.tv_sec), Int(information.st_ctim.tv_nsec)]
  }

  /// SIGKILL.
  func murder() {
    guard let process else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    self.process = nil
    isKilled = true
  }

  /// Ends it in order, and gives its place in the list back.
  func end() {
    if process == nil, isKilled { _ = try? start() }
    process?.terminate()
    process?.waitUntilExit()
    process = nil
    isKilled = false
  }

  deinit { end() }
}
