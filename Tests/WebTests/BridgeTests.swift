// Lines between a page and a daemon over real sockets.

import Control
import Foundation
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(10))) struct BridgeTests {
  private let daemon: TestDaemon
  private let server: WebServer

  init() async throws {
    daemon = try TestDaemon()
    server = try await WebServer(port: 0, socketPath: daemon.path)
  }

  private func page() async throws -> TestWebSocket {
    let query = server.address.split(separator: "?").last ?? ""
    return try await TestBrowser(port: server.port).webSocket("/control?" + query)
  }

  @Test func relaysBothWays() async throws {
    try daemon.start()
    let page = try await page()
    #expect(try await page.message() == .hello(Hello(version: "test")))
    try await page.send(#"{"command":"set","name":"temperature","value":1.2}"#)
    #expect(try await page.message() == .done("Done."))
    try await page.send(#"{"command":"watch","notes":true}"#)
    #expect(try await page.message() == .watching)
    #expect(daemon.requests == [.set(name: "temperature", value: "1.2")])
    let note = NoteNews(time: 1, voice: .player, pitch: 60, velocity: 90)
    daemon.broadcast(.notes([note]))
    #expect(try await page.message() == .notes([note]))
    daemon.broadcast(TestDaemon.readout(2))
    #expect(try await page.message() == TestDaemon.readout(2))
    page.close()
    #expect(await eventually { daemon.clients == 0 && server.pages == 0 })
  }

  @Test func refusesWhatIsNoKnownCommand() async throws {
    try daemon.start()
    let page = try await page()
    _ = try await page.message()
    for (text, code) in [
      (#"{"command":"fly"}"#, "unknown-command"), ("[]", "malformed"), ("{", "malformed"),
      (#"{"command":"ping"}"# + "\n" + #"{"command":"panic"}"#, "malformed"),
    ] {
      try await page.send(text)
      guard case .failure(let failure)? = try await page.message() else {
        Issue.record("\(text) was let through")
        continue
      }
      #expect(failure.code == code, "\(text): \(failure.message)")
    }
    #expect(daemon.requests.isEmpty)
    // The connection is kept.
    try await page.send(#"{"command":"ping"}"#)
    #expect(try await page.message() == .pong)
  }

  @Test func piecesOfAMessageArePutTogether() async throws {
    try daemon.start()
    let page = try await page()
    _ = try await page.message()
    try await page.send(Array(#"{"comm"#.utf8), isLast: false)
    try await page.send([1, 2], kind: .ping)
    try await page.send(Array(#"and":"panic"}"#.utf8), kind: .continuation)
    let pong = try await page.receive()
    #expect(pong.kind == .pong && pong.payload == [1, 2])
    #expect(try await page.message() == .done("Done."))
    #expect(daemon.requests == [.panic])
  }

  @Test func longMessagesEndTheConnection() async throws {
    try daemon.start()
    let long = try await page()
    try await long.send([UInt8](repeating: 65, count: 65_537))
    #expect(try await long.closeCode() == 1009)
    let pieces = try await page()
    for _ in 0..<3 { try await pieces.send([UInt8](repeating: 65, count: 30_000), kind: .continuation, isLast: false) }
    #expect(try await pieces.closeCode() == 1009)
    let binary = try await page()
    try await binary.send([1], kind: .binary)
    #expect(try await binary.closeCode() == 1003)
    #expect(await eventually { server.pages == 0 })
  }

  @Test func daemonMayComeAndGo() async throws {
    let page = try await page()
    #expect(try await page.text(with: "bridge").contains("start it with systemctl --user start antiphond"))
    try await page.send(#"{"command":"panic"}"#)
    #expect(try await page.text(with: "error").contains("antiphond is not running"))
    for _ in 0..<2 {
      try daemon.start()
      _ = try await page.text(with: "hello")
      try await page.send(#"{"command":"panic"}"#)
      _ = try await page.text(with: "done")
      daemon.stop()
      _ = try await page.text(with: "\"connected\":false")
    }
    #expect(daemon.requests == [.panic, .panic])
  }

  @Test func waitingForTheDaemonKeepsNoDescriptors() async throws {
    let page = try await page()
    _ = try await page.text(with: "bridge")
    let count = { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
    let before = try count()
    for _ in 0..<2 { _ = try await page.text(with: "bridge") }
    // Other tests run beside this one and have descriptors of their own, but not for each second that passes.
    #expect(try count() - before < 40)
  }

  @Test func sixteenPagesAndNotOneMore() async throws {
    try daemon.start()
    var pages: [TestWebSocket] = []
    for _ in 0..<16 {
      let page = try await page()
      _ = try await page.message()
      pages.append(page)
    }
    #expect(server.pages == 16)
    #expect(try await page().closeCode() == 1013)
    pages.removeLast().close()
    #expect(await eventually { server.pages == 15 })
    let next = try await page()
    #expect(try await next.message() == .hello(Hello(version: "test")))
  }

  @Test func pausedPageFindsTheLatestReadout() async throws {
    try daemon.start()
    let page = try await page()
    _ = try await page.message()
    try await page.send(#"{"command":"watch"}"#)
    #expect(try await page.message() == .watching)
    let last = 60_000.0
    for time in stride(from: 1, through: last, by: 1) {
      daemon.broadcast(TestDaemon.readout(time))
      if time.truncatingRemainder(dividingBy: 100) == 0 { try await Task.sleep(for: .milliseconds(1)) }
    }
    var count = 0
    var time = 0.0
    while time < last {
      guard case .readout(let readout)? = try await page.message() else { continue }
      #expect(readout.time > time)
      (time, count) = (readout.time, count + 1)
    }
    #expect(count < Int(last))
    #expect(server.pages == 1)
  }

  @Test func pageThatNeverReadsIsSentAway() async throws {
    try daemon.start()
    let page = try await page()
    _ = try await page.message()
    try await page.send(#"{"command":"watch"}"#)
    #expect(try await page.message() == .watching)
    // Much more than sockets hold, and slowly enough for the bridge.
    let notice = Message.notice(String(repeating: "x", count: 60_000))
    for _ in 0..<1000 where server.pages > 0 {
      daemon.broadcast(notice)
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(await eventually { server.pages == 0 && daemon.clients == 0 })
    page.close()
  }
}
