// OSC that comes, moves and goes while the daemon runs, and the threads that meet there.

import Control
import Foundation
import Logging
import Synchronization
import Testing

@testable import Engine
@testable import OSC

@Suite(.timeLimit(.minutes(10))) struct OSCHostTests {
  /// A host whose reading again and whose status are these.
  private final class Stage: Sendable {
    private let next = Mutex<OSCConfiguration?>(nil)
    private let made = Mutex<OSCHost?>(nil)
    let reloads = Atomic<Int>(0)

    init() {
      let host = OSCHost(start: MonotonicTime.now, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
        [weak self] request in self?.answer(request) ?? .pong
      }
      made.withLock { $0 = host }
    }

    deinit { host?.stop() }

    var host: OSCHost? { made.withLock { $0 } }

    /// What the file says from now on.
    func write(_ configuration: OSCConfiguration) { next.withLock { $0 = configuration } }

    private func answer(_ request: Request) -> Message {
      switch request {
      case .reload:
        defer { reloads.wrappingAdd(1, ordering: .relaxed) }
        guard let host, let configuration = next.withLock({ $0 }) else { return .pong }
        do throws(OSCError) {
          try host.use(configuration)
          return .done("Read again.")
        } catch {
          return .failure(Failure(.failed, "\(error)"))
        }
      case .status: return .done("\(host?.summary?.port ?? 0)")
      default: return .failure(Failure(.failed, "Not here."))
      }
    }
  }

  /// A socket that sends to ports of this machine.
  private struct Sender: ~Copyable {
    private let socket: UDPSocket

    init() throws { socket = try UDPSocket(bindingTo: try SocketAddress.resolve("127.0.0.1", port: 0)) }

    func send(_ path: String, to port: Int) throws {
      socket.send(OSCMessage(path).bytes, to: try SocketAddress.resolve("127.0.0.1", port: UInt16(port)))
    }
  }

  private func configuration(
    port: Int = 0, address: String = "127.0.0.1", receivers: [String] = []
  ) -> OSCConfiguration {
    var configuration = OSCConfiguration()
    (configuration.isOn, configuration.port, configuration.address) = (true, port, address)
    configuration.receivers = receivers
    return configuration
  }

  /// A port that was free a moment ago.
  private func freePort() throws -> Int {
    Int(try UDPSocket(bindingTo: try SocketAddress.resolve("127.0.0.1", port: 0)).address.port)
  }

  private func waitUntil(_ condition: () -> Bool) -> Bool {
    let end = MonotonicTime.now + 10
    while !condition() {
      if MonotonicTime.now > end { return false }
      usleep(2000)
    }
    return true
  }

  @Test func anotherAddressMayHaveTheSamePort() throws {
    let stage = Stage()
    let (host, port) = (try #require(stage.host), try freePort())
    try host.use(configuration(port: port))
    try host.use(configuration(port: port, address: "0.0.0.0"))
    #expect(host.summary?.address == "0.0.0.0" && host.summary?.port == port && host.problem == nil)
    try host.use(configuration(port: port, receivers: ["127.0.0.1:9"]))
    #expect(host.summary?.address == "127.0.0.1" && host.subscribers == 1)
    try host.use(OSCConfiguration())
    #expect(host.summary == nil)
  }

  @Test func whatCannotBeServedChangesNothing() throws {
    let stage = Stage()
    let (host, port) = (try #require(stage.host), try freePort())
    try host.use(configuration(port: port))
    let other = try UDPSocket(bindingTo: try SocketAddress.resolve("127.0.0.1", port: 0))
    let bad = [
      configuration(port: Int(other.address.port)), configuration(port: port, address: "198.51.100.1"),
      configuration(port: port, receivers: ["nowhere"]),
    ]
    for wrong in bad {
      #expect(throws: OSCError.self) { try host.use(wrong) }
      #expect(host.summary?.port == port && host.summary?.address == "127.0.0.1" && host.problem != nil)
    }
    try host.use(configuration(port: port))
    #expect(host.summary?.port == port && host.problem == nil)
  }

  @Test func movesAndEndsWhenOSCItselfAsks() throws {
    let stage = Stage()
    let host = try #require(stage.host)
    try host.use(configuration())
    let sender = try Sender()
    let (first, second) = (host.summary?.port ?? 0, try freePort())
    stage.write(configuration(port: second))
    try sender.send("/antiphon/reload", to: first)
    #expect(waitUntil { host.summary?.port == second })
    stage.write(configuration(port: second, address: "0.0.0.0"))
    try sender.send("/antiphon/reload", to: second)
    #expect(waitUntil { host.summary?.address == "0.0.0.0" })
    stage.write(OSCConfiguration())
    try sender.send("/antiphon/reload", to: second)
    #expect(waitUntil { host.summary == nil })
    #expect(waitUntil { stage.reloads.load(ordering: .relaxed) == 3 })
  }

  /// Who ends the server waits for its thread, which asks for the status.
  @Test func statusIsAskedForWhileTheServerChanges() throws {
    let stage = Stage()
    let (host, port) = (try #require(stage.host), try freePort())
    let sender = try Sender()
    for round in 0..<200 {
      try host.use(configuration(port: port, receivers: round % 2 == 0 ? [] : ["127.0.0.1:9"]))
      for _ in 0..<5 { try sender.send("/antiphon/status", to: port) }
    }
    host.stop()
    #expect(host.summary == nil)
    try host.use(configuration(port: port))
    #expect(host.summary == nil, "It was stopped for good.")
  }
}
