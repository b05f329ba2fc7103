// The server against liblo's own programs, oscsend and oscdump.

import Control
import Foundation
import Testing

@testable import OSC

/// Where a program stands; nil when it isn't installed.
func program(_ name: String) -> String? {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
  return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}

@Suite(.timeLimit(.minutes(10)), .enabled(if: program("oscsend") != nil, "liblo-tools is not installed"))
struct OSCToolsTests {
  private func send(_ port: Int, _ words: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(program("oscsend")))
    process.arguments = ["osc.udp://127.0.0.1:\(port)"] + words
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func obeysOscsend() throws {
    let requests = Notes<Request>()
    let server = try OSCServer(.init(port: 0, start: 0), version: "1") { request in
      requests.add(request)
      return .done("done")
    }
    let port = server.summary.port
    try send(port, "/antiphon/temperature", "f", "1.25")
    try send(port, "/antiphon/set", "ss", "scale", "off")
    try send(port, "/antiphon/thru", "T")
    try send(port, "/antiphon/scale/lock", "s", "D dorian")
    try send(port, "/antiphon/learn", "si", "density", "21")
    #expect(waitUntil { requests.all.count == 5 })
    #expect(
      requests.all == [
        .set(name: "temperature", value: "1.25"), .set(name: "scale", value: "off"), .set(name: "thru", value: "1"),
        .scale(rule: "lock", scale: "D dorian"), .learn(name: "density", controller: 21),
      ])
  }

  @Test func isUnderstoodByOscdump() throws {
    // A port that was free a moment ago: oscdump can't say which one it took.
    let port = try Peer().port
    let path = NSTemporaryDirectory() + "oscdump-\(getpid())-\(port).txt"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    defer { unlink(path) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(program("oscdump")))
    process.arguments = ["-L", "\(port)"]
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try process.run()
    // It was started from a thread of the test with SIGTERM blocked, and inherits that.
    defer { kill(process.processIdentifier, SIGKILL) }
    let server = try OSCServer(
      .init(port: 0, receivers: ["127.0.0.1:\(port)"], start: MonotonicTime.now), version: "1"
    ) { _ in .settings(sampleSettings()) }
    let text = { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    // Until it listens.
    let isThere = waitUntil(10) {
      server.send(.notice("hello"))
      return text().contains("/antiphon/notice")
    }
    #expect(isThere)
    server.send(.settings(sampleSettings(temperature: 1.5)))
    server.send(.notes([NoteNews(time: 0.01, voice: .player, pitch: 60, velocity: 90)]))
    server.send(.readout(sampleReadout()))
    #expect(waitUntil { text().contains("/antiphon/state") })
    let lines = text()
    #expect(lines.contains("/antiphon/setting/temperature f 1.5"))
    #expect(lines.contains("/antiphon/player/note ii 60 90"))
    #expect(lines.contains(#"/antiphon/scale issf 2 "dorian" "D dorian" 0.75"#))
    #expect(lines.contains("/antiphon/chroma ffffffffffff 0.000000 0.083000"))
  }
}
