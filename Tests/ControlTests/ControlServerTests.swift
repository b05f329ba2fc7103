// The server and its clients over real sockets in a temporary folder.

import Foundation
import Synchronization
import Testing

@testable import Control

@Suite(.timeLimit(.minutes(10))) struct ControlServerTests {
  private func server(
    _ folder: TemporaryFolder, limits: ControlServer.Limits = .init(),
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(ControlError) -> ControlServer {
    try ControlServer(path: folder.path + "/s/control", version: "test", limits: limits, log: log) { request in
      request == .status ? .status(sampleStatus()) : .done("\(request.command.rawValue)")
    }
  }

  /// Sends raw bytes and returns the first `count` lines that come back, the greeting not counted.
  private func exchange(_ path: String, _ bytes: [UInt8], lines count: Int) throws -> [Message] {
    let descriptor = try UnixSocket.make(for: path, blocking: true)
    defer { close(descriptor) }
    #expect(try UnixSocket.connects(descriptor, to: path))
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { break }
      rest = rest.dropFirst(sent)
    }
    var buffer = LineBuffer()
    var messages: [Message] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while messages.count <= count {
      let received = recv(descriptor, &block, block.count, 0)
      guard received > 0 else { break }
      buffer.append(block[..<received]) { item in
        if case .line(let line) = item, let message = LineCodec.message(line) { messages.append(message) }
      }
    }
    return Array(messages.dropFirst().prefix(count))
  }

  private func waitUntil(_ seconds: Double = 5, _ condition: () -> Bool) -> Bool {
    let end = MonotonicTime.now + seconds
    while !condition() {
      if MonotonicTime.now > end { return false }
      usleep(2000)
    }
    return true
  }

  @Test func answersEveryCommand() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let client = try ControlClient(path: server.path)
    #expect(client.hello == Hello(version: "test"))
    #expect(try client.ask(.ping) == .pong)
    #expect(try client.ask(.version) == .hello(Hello(version: "test")))
    #expect(try client.ask(.status) == .status(sampleStatus()))
    #expect(try client.ask(.watch()) == .watching)
    server.broadcast(.readout(sampleReadout()))
    #expect(try client.receive(timeout: 5) == .message(.readout(sampleReadout())))
    server.broadcast(.notice("Hello."))
    #expect(try client.receive(timeout: 5) == .message(.notice("Hello.")))
  }

  @Test func commandsReachTheDaemon() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let client = try ControlClient(path: server.path)
    #expect(try client.ask(.set(name: "temperature", value: "2")) == .done("set"))
    #expect(try client.ask(.scale(rule: "lock", scale: "D dorian")) == .done("scale"))
    let lines = "{\"command\":\"set\",\"name\":\"a\",\"value\":NaN}\n{\"command\":\"panic\"}\n"
    let replies = try exchange(server.path, Array(lines.utf8), lines: 2)
    guard case .failure(let failure)? = replies.first else {
      Issue.record("no error")
      return
    }
    // The connection is kept: the next line is obeyed.
    #expect(failure.code == "malformed" && replies.last == .done("panic"))
  }

  @Test func onlyWatchersGetReadouts() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let client = try ControlClient(path: server.path)
    #expect(try client.ask(.ping) == .pong)
    #expect(server.clients == 1 && server.watchers == 0)
    server.broadcast(.readout(sampleReadout()))
    #expect(try client.receive(timeout: 0.1) == .nothing)
  }

  @Test func socketAndFolderArePrivate() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let mode = { (path: String) in
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(server.path) == 0o600)
    #expect(try mode(folder.path + "/s") == 0o700)
  }

  @Test func ownFolderIsClosedToOthers() throws {
    let folder = try TemporaryFolder()
    let own = folder.path + "/antiphon"
    // As systemd's RuntimeDirectory= makes it.
    #expect(mkdir(own, 0o755) == 0)
    let server = try ControlServer(path: own + "/control", version: "test") { _ in .pong }
    let mode = try FileManager.default.attributesOfItem(atPath: own)[.posixPermissions] as? Int
    #expect(mode == 0o700)
    server.stop()
  }

  @Test func stopRemovesTheSocketAndTellsTheClients() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let client = try ControlClient(path: server.path)
    server.stop()
    #expect(!FileManager.default.fileExists(atPath: server.path))
    #expect(try client.receive(timeout: 5) == .message(.notice("antiphond is stopping.")))
    #expect(throws: ControlError.closed(server.path)) { try client.receive(timeout: 5) }
    #expect(throws: ControlError.notRunning(server.path)) { try ControlClient(path: server.path) }
  }

  @Test func secondServerIsRefusedAndTheFirstGoesOn() throws {
    let folder = try TemporaryFolder()
    let first = try server(folder)
    #expect(throws: ControlError.alreadyRunning(first.path)) { try self.server(folder) }
    #expect(try ControlClient(path: first.path).ask(.ping) == .pong)
    // Even when somebody has deleted the lock.
    unlink(first.path + ".lock")
    #expect(throws: ControlError.alreadyRunning(first.path)) { try self.server(folder) }
    #expect(try ControlClient(path: first.path).ask(.ping) == .pong)
  }

  @Test func staleSocketIsReplaced() throws {
    let folder = try TemporaryFolder()
    #expect(mkdir(folder.path + "/s", 0o700) == 0)
    let path = folder.path + "/s/control"
    // What a killed server leaves: a bound socket that nobody listens on.
    let dead = try UnixSocket.make(for: path, blocking: true)
    #expect(try UnixSocket.withAddress(path) { bind(dead, $0, $1) } == 0)
    close(dead)
    let server = try server(folder)
    #expect(try ControlClient(path: server.path).ask(.ping) == .pong)
  }

  @Test func fileInTheWayIsNotTouched() throws {
    let folder = try TemporaryFolder()
    #expect(mkdir(folder.path + "/s", 0o700) == 0)
    let path = folder.path + "/s/control"
    try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: ControlError.notASocket(path)) { try self.server(folder) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
  }

  @Test func unusablePathsAreNamed() throws {
    let folder = try TemporaryFolder()
    let long = folder.path + "/" + String(repeating: "x", count: 120)
    #expect(throws: ControlError.pathTooLong(long)) { try ControlServer(path: long, version: "") { _ in .pong } }
    #expect(throws: ControlError.pathTooLong(long)) { try ControlClient(path: long) }
    #expect(throws: ControlError.self) {
      try ControlServer(path: folder.path + "/no/such/control", version: "") { _ in .pong }
    }
  }

  @Test func garbageGetsAnErrorAndTheConnectionIsKept() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let bytes = [0xFF, 0x00, 0xC3, 0x28, 0x0A] + Array("{\"command\":\"fly\"}\n{\"command\":\"ping\"}\n".utf8)
    let replies = try exchange(server.path, bytes, lines: 3)
    guard replies.count == 3, case .failure(let first) = replies[0], case .failure(let second) = replies[1] else {
      Issue.record("unexpected replies \(replies)")
      return
    }
    #expect(first.code == "malformed" && second.code == "unknown-command")
    #expect(replies[2] == .pong)
  }

  @Test func longLineGetsAnErrorAndTheConnectionIsKept() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let bytes = [UInt8](repeating: 65, count: 300_000) + Array("\n{\"command\":\"ping\"}\n".utf8)
    let replies = try exchange(server.path, bytes, lines: 2)
    guard replies.count == 2, case .failure(let failure) = replies[0] else {
      Issue.record("unexpected replies \(replies)")
      return
    }
    #expect(failure.code == "line-too-long")
    #expect(replies[1] == .pong)
  }

  @Test func sixtyFourClientsAndNotOneMore() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    var clients = try (0..<64).map { _ in try ControlClient(path: server.path) }
    for client in clients { #expect(try client.ask(.watch()) == .watching) }
    #expect(throws: ControlError.self) { try ControlClient(path: server.path) }
    server.broadcast(.readout(sampleReadout()))
    for client in clients { #expect(try client.receive(timeout: 5) == .message(.readout(sampleReadout()))) }
    clients.removeLast(2)
    #expect(waitUntil { server.clients == 62 })
    #expect(try ControlClient(path: server.path).ask(.ping) == .pong)
  }

  @Test func notesGoOnlyToThoseWhoWatchThem() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let (plain, curious) = (try ControlClient(path: server.path), try ControlClient(path: server.path))
    #expect(try plain.ask(.watch()) == .watching)
    #expect(try curious.ask(.watch(notes: true)) == .watching)
    let note = Message.notes([NoteNews(time: 1, voice: .player, pitch: 60, velocity: 90)])
    let turn = Message.phrase(PhraseNews(time: 1, event: .began, notes: 0))
    for message in [note, turn, .notice("Both.")] { server.broadcast(message) }
    for message in [note, turn, .notice("Both.")] { #expect(try curious.receive(timeout: 5) == .message(message)) }
    #expect(try plain.receive(timeout: 5) == .message(.notice("Both.")))
  }

  @Test func pausedReaderFindsTheLatestReadout() throws {
    let folder = try TemporaryFolder()
    let server = try server(folder)
    let client = try ControlClient(path: server.path)
    #expect(try client.ask(.watch()) == .watching)
    // Far more than a socket holds: the server must forget what is overtaken and keep the client.
    for time in 1...3000 {
      server.broadcast(.readout(sampleReadout(time: Double(time))))
      if time % 10 == 0 { usleep(200) }
    }
    var times: [Double] = []
    while case .message(.readout(let readout)) = try client.receive(timeout: 0.3) { times.append(readout.time) }
    #expect(times.last == 3000)
    #expect(times.count < 1000)
    #expect(times == times.sorted())
    #expect(try client.ask(.ping) == .pong)
  }

  @Test func serverThatAcceptsNobodyIsGivenUp() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/full"
    let deaf = try UnixSocket.make(for: path, blocking: true)
    defer { close(deaf) }
    #expect(try UnixSocket.withAddress(path) { bind(deaf, $0, $1) } == 0)
    #expect(listen(deaf, 0) == 0)
    // The first waits in the queue for its greeting, the others for a place in the queue.
    for _ in 0..<3 { #expect(throws: ControlError.timeout(path)) { try ControlClient(path: path, timeout: 0.1) } }
  }

  @Test func serverEndsWhenItIsForgottenWhileItWorks() throws {
    let folder = try TemporaryFolder()
    for _ in 0..<50 {
      let server = try server(folder)
      for _ in 0..<5 { server.broadcast(.readout(sampleReadout())) }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/s/control"))
  }

  @Test func slowReaderIsDroppedWithNotice() throws {
    let folder = try TemporaryFolder()
    var limits = ControlServer.Limits()
    limits.queue = 20_000
    let messages = Mutex<[String]>([])
    let server = try server(folder, limits: limits) { text in messages.withLock { $0.append(text) } }
    let slow = try ControlClient(path: server.path)
    let other = try ControlClient(path: server.path)
    for _ in 0..<2000 {
      guard (try? slow.send(.status)) != nil, messages.withLock({ $0.isEmpty }) else { break }
    }
    #expect(waitUntil { messages.withLock { !$0.isEmpty } })
    #expect(try other.ask(.ping) == .pong)
    var notice = ""
    do throws(ControlError) {
      while case .message = try slow.receive(timeout: 2) {}
    } catch {
      notice = error.description
    }
    #expect(notice.contains("too much waited"))
    #expect(waitUntil { server.clients == 1 })
  }

  @Test func readerThatNeverReadsIsDroppedInTime() throws {
    let folder = try TemporaryFolder()
    var limits = ControlServer.Limits()
    limits.stall = 0.3
    let server = try server(folder, limits: limits)
    let stalled = try ControlClient(path: server.path)
    #expect(try stalled.ask(.watch()) == .watching)
    let end = MonotonicTime.now + 20
    while server.watchers > 0 && server.clients > 0 && MonotonicTime.now < end {
      server.broadcast(.readout(sampleReadout()))
      usleep(1000)
    }
    // Told or not: after a grace of some seconds its place is free again.
    #expect(waitUntil(10) { server.clients == 0 })
    withExtendedLifetime(stalled) {}
  }
}
