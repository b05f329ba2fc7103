// The real antiphond with a real jackd (dummy driver): start before the server, its death and return, an orderly end.

import AudioIO
import Control
import Foundation
import Testing

@testable import Engine

let jackd = ["/usr/bin/jackd", "/usr/local/bin/jackd"]
  .first { FileManager.default.isExecutableFile(atPath: $0) }
/// The test program and the daemon are built into the same folder.
let antiphond = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  .deletingLastPathComponent().appending(path: "antiphond").path
let canRun = FileManager.default.isExecutableFile(atPath: antiphond)

/// A program that ends with the object.
final class Running {
  let process = Process()

  init(
    _ program: String, _ arguments: [String], errors: String? = nil, log: FileHandle? = nil, home: String? = nil
  ) throws {
    // What the daemon remembers of a test belongs into the test's folder.
    if let home {
      let own = ["XDG_STATE_HOME": home, "XDG_DATA_HOME": home, "STATE_DIRECTORY": ""]
      process.environment = ProcessInfo.processInfo.environment.merging(own) { $1 }
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = log ?? FileHandle.nullDevice
    if let errors {
      _ = FileManager.default.createFile(atPath: errors, contents: nil)
      process.standardError = FileHandle(forWritingAtPath: errors)
    }
    try process.run()
  }

  /// First by SIGTERM: a jackd that is killed keeps its place among the eight servers that a machine may have.
  deinit {
    let end = MonotonicTime.now + 5
    process.terminate()
    while process.isRunning && MonotonicTime.now < end { usleep(5000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}

@Suite(
  .serialized, .timeLimit(.minutes(10)), .enabled(if: canRun, "antiphond is not built beside the tests"))
struct DaemonTests {
  private let folder = NSTemporaryDirectory() + "/ad-" + UUID().uuidString.prefix(8)
  private let name = "antiphon-" + UUID().uuidString.prefix(8)
  private var socket: String { folder + "/control" }
  private var log: String { folder + "/log" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func arguments() throws -> [String] {
    [
      "--socket", socket, "--server", name, "--model", try modelForTests().path, "--note-model",
      noteModelForTests().path,
    ]
  }

  private func daemon() throws -> Running { try Running(antiphond, try arguments(), errors: log, home: folder) }

  /// A connection, as soon as the daemon answers.
  private func client() throws -> ControlClient {
    var last: ControlError?
    for _ in 0..<200 {
      do throws(ControlError) {
        return try ControlClient(path: socket)
      } catch {
        last = error
        usleep(20_000)
      }
    }
    throw last ?? ControlError.notRunning(socket)
  }

  /// The first readout that fits; nil when none came in time.
  private func readout(_ client: ControlClient, seconds: Double = 20, _ fits: (Readout) -> Bool) throws -> Readout? {
    let end = MonotonicTime.now + seconds
    while MonotonicTime.now < end {
      if case .message(.readout(let readout)) = try client.receive(timeout: 0.5), fits(readout) { return readout }
    }
    return nil
  }

  private func end(_ daemon: Running, _ signal: Int32) -> Int32 {
    kill(daemon.process.processIdentifier, signal)
    daemon.process.waitUntilExit()
    return daemon.process.terminationStatus
  }

  private func clean() { try? FileManager.default.removeItem(atPath: folder) }

  @Test(arguments: [SIGTERM, SIGINT]) func servesWithoutAServerAndEndsInOrder(signal: Int32) throws {
    defer { clean() }
    let daemon = try daemon()
    let client = try client()
    #expect(try client.ask(.watch()) == .watching)
    let waiting = try #require(try readout(client) { _ in true })
    #expect(waiting.input.state == "absent" && waiting.scale == nil && !waiting.active)
    guard case .status(let status) = try client.ask(.status) else {
      Issue.record("no status")
      return
    }
    #expect(status.model.name == "chromalite-3" && status.clients == 1)
    #expect(status.warnings.contains { $0.contains("JACK") })
    #expect(end(daemon, signal) == 0)
    #expect(!FileManager.default.fileExists(atPath: socket))
  }

  @Test func settingsCanBeChangedWhileItRuns() throws {
    defer { clean() }
    let daemon = try daemon()
    let client = try client()
    #expect(try client.ask(.watch()) == .watching)
    // When readouts come, all parts stand.
    #expect(try readout(client) { _ in true } != nil)
    guard case .settings(let before) = try client.ask(.settings) else {
      Issue.record("no settings")
      return
    }
    #expect(before.style == "balanced" && before.mode == "answer")
    _ = try client.ask(.set(name: "temperature", value: "1.5"))
    _ = try client.ask(.mode("listen"))
    guard case .failure(let failure) = try client.ask(.set(name: "temperature", value: "nan")) else {
      Issue.record("nan was accepted")
      return
    }
    #expect(failure.code == "bad-value" && failure.message.contains("0.1 to 3"))
    let seen = try readout(client) { $0.dialogue?.mode == "listen" }
    #expect(seen?.dialogue?.scaleRule == "follow")
    guard case .status(let status) = try client.ask(.status) else {
      Issue.record("no status")
      return
    }
    #expect(status.dialogue?.mode == "listen" && status.midi?.model == noteModelForTests().path)
    #expect(end(daemon, SIGTERM) == 0)
  }

  @Test func badNoteModelEndsTheStartWithASentence() throws {
    defer { clean() }
    let model = try modelForTests().path
    for (given, hint) in [(folder + "/none", "cannot be opened"), (model, "note-lstm")] {
      let daemon = try Running(antiphond, ["--socket", socket, "--model", model, "--note-model", given], errors: log)
      daemon.process.waitUntilExit()
      #expect(daemon.process.terminationStatus == 1)
      let text = try String(contentsOfFile: log, encoding: .utf8)
      #expect(text.contains(given) && text.contains(hint) && text.contains("antiphon-train notes train"))
    }
  }

  @Test func missingSoundFontIsNoReasonToEnd() throws {
    defer { clean() }
    let daemon = try Running(antiphond, try arguments() + ["--soundfont", folder + "/none.sf2"], errors: log)
    let client = try client()
    #expect(try client.ask(.watch()) == .watching)
    #expect(try readout(client) { _ in true } != nil)
    guard case .status(let status) = try client.ask(.status) else {
      Issue.record("no status")
      return
    }
    #expect(status.voice?.soundFont == nil && status.warnings.contains { $0.contains("none.sf2 does not exist") })
    #expect(end(daemon, SIGTERM) == 0)
    let text = try String(contentsOfFile: log, encoding: .utf8)
    #expect(text.components(separatedBy: "none.sf2").count == 2)
  }

  @Test func outlivesTheReaderOfItsLog() throws {
    defer { clean() }
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let daemon = try Running(antiphond, try arguments(), log: pipe.fileHandleForWriting)
    let client = try client()
    #expect(try client.ask(.watch()) == .watching)
    // The main thread has written to the log before it sends the first readout.
    #expect(try readout(client) { _ in true } != nil)
    #expect(end(daemon, SIGTERM) == 0)
  }

  @Test func outlivesItsTerminalUnderNohup() throws {
    defer { clean() }
    let daemon = try Running("/usr/bin/nohup", [antiphond] + (try arguments()))
    let client = try client()
    kill(daemon.process.processIdentifier, SIGHUP)
    usleep(300_000)
    #expect(try client.ask(.ping) == .pong)
    #expect(end(daemon, SIGTERM) == 0)
  }

  @Test func missingModelEndsTheStartWithASentence() throws {
    defer { clean() }
    let daemon = try Running(
      antiphond, ["--socket", socket, "--model", folder + "/none", "--note-model", noteModelForTests().path],
      errors: log)
    daemon.process.waitUntilExit()
    #expect(daemon.process.terminationStatus == 1)
    let text = try String(contentsOfFile: log, encoding: .utf8)
    #expect(text.hasPrefix("antiphond: error: \(folder)/none cannot be opened") && text.contains("copy the file anew"))
    #expect(text.split(separator: "\n").count == 1)
  }

  @Test func secondDaemonIsRefused() throws {
    defer { clean() }
    let first = try daemon()
    _ = try client()
    let second = try Running(antiphond, try arguments(), errors: folder + "/second")
    second.process.waitUntilExit()
    #expect(second.process.terminationStatus == 1)
    let text = try String(contentsOfFile: folder + "/second", encoding: .utf8)
    #expect(text.contains("already running"))
    #expect(try client().ask(.ping) == .pong)
    #expect(end(first, SIGTERM) == 0)
  }

  @Test func brokenModelEndsTheStartWithASentence() throws {
    defer { clean() }
    let junk = folder + "/junk.safetensors"
    try Data("junk".utf8).write(to: URL(fileURLWithPath: junk))
    let daemon = try Running(
      antiphond, ["--socket", socket, "--model", junk, "--note-model", noteModelForTests().path], errors: log)
    daemon.process.waitUntilExit()
    #expect(daemon.process.terminationStatus == 1)
    let text = try String(contentsOfFile: log, encoding: .utf8)
    #expect(text.contains(junk) && text.contains("copy the file anew"))
    #expect(text.split(separator: "\n").count == 1)
    #expect(!FileManager.default.fileExists(atPath: socket))
  }

  @Test(.enabled(if: jackd != nil, "jackd is not installed (Debian package jackd2)"))
  func followsTheServerThroughDeathAndReturn() throws {
    defer { clean() }
    let program = try #require(jackd)
    let daemon = try daemon()
    let client = try client()
    #expect(try client.ask(.watch()) == .watching)
    var server = try Running(program, ["--no-realtime", "-n", name, "-d", "dummy", "-r", "48000", "-p", "256"])
    let first = try #require(try readout(client) { $0.input.isActive && !$0.input.connections.isEmpty })
    #expect(first.input.sampleRate == 48_000 && first.input.period == 256)
    #expect(first.input.connections == ["system:capture_1"])
    kill(server.process.processIdentifier, SIGKILL)
    #expect(try readout(client) { !$0.input.isActive } != nil)
    server = try Running(program, ["--no-realtime", "-n", name, "-d", "dummy", "-r", "44100", "-p", "1024"])
    let second = try #require(try readout(client) { $0.input.isActive && !$0.input.connections.isEmpty })
    #expect(second.input.sampleRate == 44_100 && second.input.period == 1024)
    guard case .status(let status) = try client.ask(.status) else {
      Issue.record("no status")
      return
    }
    #expect(status.audio.restarts == 1)
    #expect(end(daemon, SIGTERM) == 0)
    withExtendedLifetime(server) {}
  }
}
