// The server and its peers over real UDP sockets on the loopback.

import Control
import Foundation
import Synchronization
import Testing

@testable import OSC

/// Collects what other threads say.
final class Notes<Item: Sendable>: Sendable {
  private let items = Mutex<[Item]>([])
  var all: [Item] { items.withLock { $0 } }
  func add(_ item: Item) { items.withLock { $0.append(item) } }
}

@Suite(.timeLimit(.minutes(10))) struct OSCServerTests {
  private let requests = Notes<Request>()

  private func server(
    lifetime: Double = 60, receivers: [String] = [], start: Double = MonotonicTime.now, address: String = "127.0.0.1",
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(OSCError) -> OSCServer {
    var configuration = OSCServer.Configuration(address: address, port: 0, receivers: receivers, start: start)
    configuration.lifetime = lifetime
    return try OSCServer(configuration, version: "9.9", log: log) { [requests] request in
      requests.add(request)
      return switch request {
      case .settings: .settings(sampleSettings())
      case .set("temperature", let value): .settings(sampleSettings(temperature: Double(value) ?? 0))
      case .set(let name, _): .failure(Failure(.badValue, "There is no setting \(name)."))
      case .panic: .done("Everything is silent.")
      case .record: .recording(RecordingSummary(isOn: true, audio: false, folder: "/f", file: "/f/a.mid"))
      case .status:
        .status(
          Status(
            version: "9.9", uptime: 5, audio: .init(input: InputSummary(state: "active"), xruns: 3),
            analysis: .init(load: 0, readouts: 0, rebuilds: 0, classes: "all"), model: .init(name: "m", path: "/m"),
            clients: 0, warnings: ["w"]))
      default: .done("done")
      }
    }
  }

  @Test func isReachedAtItsAddressOnly() throws {
    let server = try server()
    #expect(server.summary.address == "127.0.0.1")
    #expect(server.summary.port > 0)
    // Were it bound to all addresses, this one would be taken as well.
    let other = try UDPSocket(bindingTo: try SocketAddress.resolve("127.0.0.2", port: UInt16(server.summary.port)))
    #expect(other.address.port == UInt16(server.summary.port))
  }

  @Test func saysThatThePortIsTaken() throws {
    let server = try server()
    let port = server.summary.port
    let error = #expect(throws: OSCError.portInUse(address: "127.0.0.1", port: port)) {
      try OSCServer(.init(port: port, start: 0), version: "") { _ in .pong }
    }
    #expect(error?.description.contains("UDP port \(port) on 127.0.0.1 is taken") == true)
    server.stop()
    let next = try OSCServer(.init(port: port, start: 0), version: "") { _ in .pong }
    #expect(next.summary.port == port)
  }

  @Test func refusesBadConfigurations() {
    #expect(throws: OSCError.self) { try server(address: "198.51.100.1") }
    #expect(throws: OSCError.self) { try server(address: "no such host.invalid") }
    #expect(throws: OSCError.self) { try server(receivers: ["nowhere"]) }
    #expect(throws: OSCError.self) { try server(receivers: ["[::1]:9000"]) }
    #expect(throws: OSCError.self) { try OSCServer(.init(port: 70_000, start: 0), version: "") { _ in .pong } }
  }

  @Test func answersPings() throws {
    let server = try server()
    let (peer, other) = (try Peer(to: server.summary.port), try Peer())
    peer.send("/ping")
    let pong = try #require(peer.next("/pong"))
    #expect(pong.arguments.prefix(2) == [.string("antiphon"), .string("9.9")])
    // To another port of the sender's host, whatever host the URL names.
    peer.send("/antiphon/ping", .string("osc.udp://192.0.2.1:\(other.port)/"), .string("/alive"))
    #expect(other.next("/alive")?.arguments == pong.arguments)
  }

  @Test func carriesRequestsOut() throws {
    let server = try server()
    let peer = try Peer(to: server.summary.port)
    peer.send("/antiphon/panic")
    #expect(peer.next("/antiphon/done")?.arguments == [.string("/antiphon/panic"), .string("Everything is silent.")])
    peer.send("/antiphon/get", .string("temperature"))
    #expect(peer.next("/antiphon/temperature")?.arguments == [.float(1)])
    peer.send("/antiphon/get", .string("mode"))
    #expect(peer.next("/antiphon/mode")?.arguments == [.string("answer")])
    peer.send("/antiphon/get", .string("scale"))
    #expect(peer.next("/antiphon/scale/rule")?.arguments == [.string("follow")])
    peer.send("/antiphon/record", .int(1))
    #expect(peer.next("/antiphon/recording")?.arguments == [.int(1), .int(0), .string("/f/a.mid")])
    peer.send("/antiphon/status")
    #expect(
      peer.next("/antiphon/status")?.arguments == [
        .string("9.9"), .float(5), .string("active"), .string("none"), .int(0), .int(3), .int(1),
      ])
    let both = [OSCMessage("/antiphon/reload"), OSCMessage("/ping")]
    peer.send(bytes: OSCPacket.bundle(both, at: OSCTimeTag(rawValue: .max)))
    // Reading again takes its time, and nobody waits for it.
    #expect(peer.next("/pong") != nil)
    #expect(peer.next("/antiphon/done")?.arguments == [.string("/antiphon/reload"), .string("done")])
    #expect(requests.all.suffix(1) == [.reload])
  }

  /// A configuration that is read again because OSC asks for it may turn OSC off.
  @Test func mayBeStoppedByWhatIsAskedOfIt() throws {
    let held = Mutex<OSCServer?>(nil)
    let isStopped = Mutex(false)
    try withExtendedLifetime(held) {
      let server = try OSCServer(.init(port: 0, start: 0), version: "9.9") { request in
        guard request == .reload else { return .settings(sampleSettings()) }
        held.withLock { $0 }?.stop()
        isStopped.withLock { $0 = true }
        return .done("OSC is off.")
      }
      held.withLock { $0 = server }
      defer { held.withLock { $0 = nil } }
      let peer = try Peer(to: server.summary.port)
      peer.send("/antiphon/subscribe", .string("state"))
      #expect(peer.next("/antiphon/subscribed") != nil)
      peer.send("/antiphon/reload")
      #expect(peer.next("/antiphon/state")?.arguments == [.string("stopped")])
      #expect(waitUntil { isStopped.withLock { $0 } })
      _ = try OSCServer(.init(port: server.summary.port, start: 0), version: "") { _ in .pong }
    }
  }

  @Test func readsAgainOnceAtATime() throws {
    let (gate, count) = (DispatchSemaphore(value: 0), Notes<Request>())
    let server = try OSCServer(.init(port: 0, start: 0), version: "9.9") { request in
      guard request == .reload else { return .settings(sampleSettings()) }
      count.add(request)
      gate.wait()
      return .failure(Failure(.failed, "Line 1 is wrong."))
    }
    let peer = try Peer(to: server.summary.port)
    for _ in 0..<5 { peer.send("/antiphon/reload", .int(1)) }
    for _ in 0..<4 {
      #expect(peer.next("/antiphon/error")?.arguments.last?.text?.contains("being read already") == true)
    }
    gate.signal()
    let refusal: [OSCArgument] = [.string("/antiphon/reload"), .string("Line 1 is wrong.")]
    #expect(peer.next("/antiphon/error")?.arguments == refusal)
    #expect(count.all.count == 1)
    gate.signal()
    peer.send("/antiphon/reload")
    #expect(peer.next("/antiphon/error")?.arguments == refusal)
    #expect(count.all.count == 2)
  }

  @Test func answersErrors() throws {
    let server = try server()
    let peer = try Peer(to: server.summary.port)
    peer.send("/antiphon/nonsense", .int(1))
    let reason = OSCArgument.string("There is no setting nonsense.")
    #expect(peer.next("/antiphon/error")?.arguments == [.string("/antiphon/nonsense"), reason])
    peer.send("/antiphon/temperature", .float(.nan))
    #expect(peer.next("/antiphon/error")?.arguments.first == .string("/antiphon/temperature"))
    peer.send(bytes: [1, 2, 3])
    #expect(peer.next("/antiphon/error")?.arguments.first == .string(""))
    #expect(requests.all == [.set(name: "nonsense", value: "1")])
    // Its own messages and other people's get no answer: no two servers can keep each other busy.
    for path in ["/antiphon/error", "/antiphon/scale", "/antiphon/reply/note", "/antiphon/setting/x", "/pong", "/x"] {
      peer.send(path, .string("x"))
    }
    peer.send("/ping")
    #expect(peer.next("/pong") != nil)
    #expect(peer.packets.count == 4)
  }

  @Test func tellsSubscribers() throws {
    let server = try server()
    let (all, some) = (try Peer(to: server.summary.port), try Peer(to: server.summary.port))
    all.send("/antiphon/subscribe")
    #expect(all.next("/antiphon/subscribed")?.arguments == [.int(60)])
    #expect(all.next("/antiphon/setting/temperature")?.arguments == [.float(1)])
    some.send("/antiphon/subscribe", .string("phrase"), .string("setting"))
    #expect(some.next("/antiphon/subscribed") != nil)
    #expect(waitUntil { server.summary.subscribers == 2 })
    server.send(.readout(sampleReadout()))
    #expect(all.next("/antiphon/scale")?.arguments.prefix(2) == [.int(2), .string("dorian")])
    #expect(all.next("/antiphon/chroma")?.arguments.count == 12)
    server.send(.phrase(PhraseNews(time: 1, event: .ended, notes: 5)))
    #expect(some.next("/antiphon/phrase/ended")?.arguments == [.int(5)])
    // A change that one peer makes reaches both.
    some.send("/antiphon/temperature", .float(1.5))
    #expect(all.next("/antiphon/setting/temperature")?.arguments == [.float(1.5)])
    #expect(some.next("/antiphon/setting/temperature")?.arguments == [.float(1.5)])
    #expect(!some.heard.contains { $0.path == "/antiphon/chroma" })
    some.send("/antiphon/unsubscribe")
    #expect(some.next("/antiphon/unsubscribed") != nil)
    #expect(waitUntil { server.summary.subscribers == 1 })
    server.stop()
    #expect(all.next("/antiphon/state")?.arguments == [.string("stopped")])
  }

  @Test func tellsNewSubscribersHowThingsStand() throws {
    let receiver = try Peer()
    let server = try server(receivers: ["localhost:\(receiver.port)"])
    #expect(server.summary.subscribers == 1)
    server.send(.readout(sampleReadout()))
    #expect(receiver.next("/antiphon/state") != nil)
    let (asking, target) = (try Peer(to: server.summary.port), try Peer())
    asking.send("/antiphon/subscribe", .int(Int32(target.port)), .string("scale"))
    #expect(target.next("/antiphon/subscribed") != nil)
    #expect(target.next("/antiphon/scale")?.arguments.first == .int(2))
  }

  @Test func letsSubscriptionsEnd() throws {
    let server = try server(lifetime: 0.2)
    let peer = try Peer(to: server.summary.port)
    peer.send("/antiphon/subscribe")
    #expect(peer.next("/antiphon/subscribed") != nil)
    #expect(waitUntil { server.summary.subscribers == 1 })
    #expect(waitUntil { server.summary.subscribers == 0 })
  }

  /// Another address of this machine stands for another machine: it is not on the loopback.
  @Test(.enabled(if: networkAddress() != nil, "this machine has no network address"))
  func servesTheNetworkAfterProof() throws {
    let host = try #require(networkAddress())
    let server = try server(address: host)
    let peer = try Peer(to: server.summary.port, host: host)
    peer.send("/antiphon/subscribe", .string("setting"))
    let token = try #require(peer.next("/antiphon/confirm-with")?.arguments.first)
    #expect(server.summary.subscribers == 0)
    peer.send("/antiphon/confirm", .int(0))
    #expect(peer.next("/antiphon/error")?.arguments.first == .string("/antiphon/confirm"))
    peer.send("/antiphon/confirm", token)
    #expect(peer.next("/antiphon/subscribed") != nil)
    #expect(peer.next("/antiphon/setting/temperature") != nil)
    // However much it asks, the replies are bounded.
    peer.listen()
    let before = peer.packets.count
    for _ in 0..<1000 { peer.send("/ping") }
    server.send(.settings(sampleSettings(temperature: 1.75)))
    let isTold = waitUntil {
      peer.listen()
      return peer.heard.contains { $0.arguments == [.float(1.75)] }
    }
    #expect(isTold)
    #expect((1..<500).contains(peer.packets.count - before))
  }

  @Test func refusesToSendToItself() throws {
    let server = try server()
    let peer = try Peer(to: server.summary.port)
    peer.send("/antiphon/subscribe", .int(Int32(server.summary.port)))
    let error = try #require(peer.next("/antiphon/error"))
    #expect(error.arguments[1].text?.contains("this server's own") == true)
    #expect(server.summary.subscribers == 0)
  }

  @Test func sendsNotesOfTheFutureWithTheirMoment() throws {
    let start = MonotonicTime.now
    let server = try server(start: start)
    let peer = try Peer(to: server.summary.port)
    peer.send("/antiphon/subscribe", .string("reply"))
    #expect(peer.next("/antiphon/subscribed") != nil)
    peer.listen()
    let before = peer.packets.count
    let ahead = 0.5
    let time = MonotonicTime.now - start + ahead
    let moment = Date().timeIntervalSince1970 + ahead
    server.send(
      .notes([
        NoteNews(time: 0, voice: .answer, pitch: 60, velocity: 80),
        NoteNews(time: time, voice: .answer, pitch: 62, velocity: 80),
      ]))
    #expect(peer.next("/antiphon/reply/note")?.arguments[1] == .int(60))
    #expect(peer.next("/antiphon/reply/note")?.arguments[1] == .int(62))
    let (now, later) = (peer.packets[before], peer.packets[before + 1])
    #expect(now.first == UInt8(ascii: "/"))
    #expect(later.starts(with: Array("#bundle\0".utf8)))
    let tag = later[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(abs(OSCTimeTag(rawValue: tag).unixSeconds - moment) < 0.01)
  }

  @Test func survivesAFloodOfBadPackets() throws {
    let log = Notes<String>()
    let server = try server { log.add($0) }
    let peer = try Peer(to: server.summary.port)
    let bundle = OSCPacket.bundle([OSCPacketTests.everything], at: .immediately)
    for round in 0..<2000 {
      var bytes = bundle
      bytes[Int.random(in: 0..<bytes.count)] ^= UInt8.random(in: 1...255)
      peer.send(bytes: round % 3 == 0 ? Array(bytes.prefix(round % bytes.count)) : bytes)
    }
    #expect(
      waitUntil {
        peer.send("/ping")
        return peer.next("/pong", within: 0.2) != nil
      })
    // Errors are bounded, and so is the log.
    #expect(peer.packets.count { $0.starts(with: Array("/antiphon/error".utf8)) } < 100)
    #expect(log.all.count <= 2)
  }
}
