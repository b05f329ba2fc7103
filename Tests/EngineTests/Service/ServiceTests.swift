// The real antiphond as a service: what it tells a service manager, and what signals do to it.

import Control
import Foundation
import Testing

@testable import Engine

@Suite(
  .serialized, .timeLimit(.minutes(10)), .enabled(if: canRun, "antiphond is not built beside the tests"))
struct ServiceTests {
  private let folder = NSTemporaryDirectory() + "/as-" + UUID().uuidString.prefix(8)
  private let server = "antiphon-" + UUID().uuidString.prefix(8)
  private var socketPath: String { folder + "/control" }

  /// Ends the program with the object; the service manager's end of the socket is the test's.
  private final class Service {
    let process = Process()
    let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

    init(_ program: String, _ arguments: [String], folder: String, watchdog: Int? = nil) throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = folder + "/notify"
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(receiver, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      try #require(bound == 0)
      var environment = ProcessInfo.processInfo.environment
      environment.merge(
        ["XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder, "STATE_DIRECTORY": "", "NOTIFY_SOCKET": path]) { $1 }
      environment["WATCHDOG_USEC"] = watchdog.map(String.init)
      process.environment = environment
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
    }

    deinit {
      kill(process.processIdentifier, SIGCONT)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      close(receiver)
    }

    var pid: Int32 { process.processIdentifier }

    /// The next message; nil when none comes in time.
    func next(seconds: Double = 20) -> String? {
      var entry = pollfd(fd: receiver, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, Int32(seconds * 1000)) > 0 else { return nil }
      var buffer = [UInt8](repeating: 0, count: 1000)
      let count = recv(receiver, &buffer, buffer.count, 0)
      return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    /// Whether a message that begins like this comes; others are passed over.
    func says(_ text: String, seconds: Double = 20) -> Bool {
      let end = MonotonicTime.now + seconds
      while MonotonicTime.now < end {
        if let message = next(seconds: max(0, end - MonotonicTime.now)), message.hasPrefix(text) { return true }
      }
      return false
    }
  }

  private func arguments() throws -> [String] {
    [
      "--socket", socketPath, "--server", server, "--model", try modelForTests().path, "--note-model",
      noteModelForTests().path,
    ]
  }

  private func service(watchdog: Int? = nil) throws -> Service {
    try Service(antiphond, try arguments(), folder: folder, watchdog: watchdog)
  }

  private func clean() { try? FileManager.default.removeItem(atPath: folder) }

  @Test func tellsTheManagerHowItFares() throws {
    defer { clean() }
    let service = try service()
    #expect(service.says("READY=1"))
    #expect(service.says("STATUS=no scale · waiting for JACK (start it or PipeWire) · "))
    kill(service.pid, SIGHUP)
    #expect(service.says("RELOADING=1\nMONOTONIC_USEC="))
    #expect(service.next() == "READY=1")
    #expect(service.process.isRunning)
    kill(service.pid, SIGTERM)
    #expect(service.says("STOPPING=1"))
    service.process.waitUntilExit()
    #expect(service.process.terminationStatus == 0)
  }

  @Test func feedsTheWatchdogWhileItIsWell() throws {
    defer { clean() }
    let service = try service(watchdog: 3_000_000)
    #expect(service.says("READY=1"))
    for _ in 0..<3 { #expect(service.says("WATCHDOG=1", seconds: 3)) }
    kill(service.pid, SIGSTOP)
    while service.next(seconds: 0) != nil {}
    #expect(!service.says("WATCHDOG=1", seconds: 3.5))
    kill(service.pid, SIGCONT)
    #expect(service.says("WATCHDOG=1", seconds: 3))
  }

  @Test(.enabled(if: jackd != nil, "jackd is not installed (Debian package jackd2)"))
  func aSecondSignalEndsAtOnce() throws {
    defer { clean() }
    let service = try service()
    let jack = try Running(try #require(jackd), ["--no-realtime", "-n", server, "-d", "dummy"])
    #expect(service.says("STATUS=no scale · listening"))
    // A server that stands still holds the orderly end up, for seconds.
    kill(jack.process.processIdentifier, SIGSTOP)
    defer { kill(jack.process.processIdentifier, SIGCONT) }
    kill(service.pid, SIGTERM)
    #expect(service.says("STOPPING=1"))
    Thread.sleep(forTimeInterval: SignalRule.doubled + 0.1)
    #expect(service.process.isRunning)
    kill(service.pid, SIGINT)
    let asked = MonotonicTime.now
    service.process.waitUntilExit()
    #expect(service.process.terminationStatus == 130 && MonotonicTime.now - asked < 1.5)
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "script is not installed (bsdutils)"))
  func endsWithItsTerminal() throws {
    defer { clean() }
    let command = ([antiphond] + (try arguments())).joined(separator: " ")
    let terminal = try Service("/usr/bin/script", ["-qfc", command, "/dev/null"], folder: folder)
    #expect(terminal.says("READY=1"))
    #expect(FileManager.default.fileExists(atPath: socketPath))
    kill(terminal.pid, SIGKILL)
    #expect(terminal.says("STOPPING=1", seconds: 5))
    let end = MonotonicTime.now + 10
    while FileManager.default.fileExists(atPath: socketPath) && MonotonicTime.now < end { usleep(10_000) }
    #expect(!FileManager.default.fileExists(atPath: socketPath))
  }
}
