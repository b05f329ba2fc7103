// Subscriptions by an invented clock, and bounds on rates.

import Control
import Testing

@testable import OSC

@Suite struct SubscribersTests {
  private func local(_ port: UInt16) throws -> SocketAddress { try SocketAddress.resolve("127.0.0.1", port: port) }
  private func remote(_ port: UInt16) throws -> SocketAddress { try SocketAddress.resolve("192.0.2.1", port: port) }

  @Test func endsUnlessRenewed() throws {
    var subscribers = Subscribers(permanent: [], lifetime: 60)
    #expect(try subscribers.add(try local(1), topics: [.scale], at: 0) == .subscribed(isNew: true))
    #expect(try subscribers.add(try local(2), topics: [.scale], at: 0) == .subscribed(isNew: true))
    #expect(try subscribers.add(try local(1), topics: [.level], at: 30) == .subscribed(isNew: false))
    subscribers.expire(at: 59)
    #expect(subscribers.entries.count == 2)
    subscribers.expire(at: 60)
    #expect(subscribers.entries.map(\.address.port) == [1])
    #expect(subscribers.entries[0].topics == [.level])
    subscribers.expire(at: 90)
    #expect(subscribers.entries.isEmpty)
  }

  @Test func keepsPermanentReceivers() throws {
    var subscribers = Subscribers(permanent: [try remote(1)], lifetime: 60)
    #expect(try subscribers.add(try remote(1), topics: [.scale], at: 0) == .subscribed(isNew: false))
    subscribers.expire(at: 1000)
    subscribers.remove(try remote(1))
    #expect(subscribers.entries.count == 1)
    #expect(subscribers.entries[0].topics == Set(OSCTopic.allCases))
  }

  @Test func hasSixtyFourPlaces() throws {
    var subscribers = Subscribers(permanent: [try local(1000)], lifetime: 60)
    for port in 1...64 { _ = try subscribers.add(try local(UInt16(port)), topics: [.scale], at: 0) }
    #expect(throws: Failure.self) { try subscribers.add(try local(65), topics: [.scale], at: 0) }
    subscribers.remove(try local(3))
    #expect(try subscribers.add(try local(65), topics: [.scale], at: 0) == .subscribed(isNew: true))
  }

  @Test func servesOtherMachinesOnlyOnceTheyHaveProvenThemselves() throws {
    var subscribers = Subscribers(permanent: [], lifetime: 60)
    guard case .unproven(let token) = try subscribers.add(try remote(9), topics: [.scale], at: 0) else {
      Issue.record("a sender that may be forged was believed")
      return
    }
    #expect(subscribers.entries.isEmpty)
    // The number may come from another port of the same host, once.
    let answers = [
      subscribers.confirm(token &+ 1, from: try remote(5), at: 1),
      subscribers.confirm(token, from: try local(9), at: 1),
      subscribers.confirm(token, from: try remote(5), at: 1),
      subscribers.confirm(token, from: try remote(5), at: 1),
    ]
    #expect(answers == [nil, nil, try remote(9), nil])
    #expect(try subscribers.add(try remote(9), topics: [.level], at: 50) == .subscribed(isNew: false))
    subscribers.expire(at: 109)
    #expect(subscribers.entries.count == 1)
  }

  @Test func forgetsUnprovenOnes() throws {
    var subscribers = Subscribers(permanent: [], lifetime: 60)
    guard case .unproven(let token) = try subscribers.add(try remote(9), topics: [.scale], at: 0) else { return }
    subscribers.expire(at: Subscribers.patience)
    let late = subscribers.confirm(token, from: try remote(9), at: 11)
    #expect(late == nil)
    // Forged wishes push older ones out rather than pile up.
    guard case .unproven(let first) = try subscribers.add(try remote(1), topics: [], at: 20) else { return }
    for port in 2...65 { _ = try subscribers.add(try remote(UInt16(port)), topics: [], at: 20) }
    let pushedOut = subscribers.confirm(first, from: try remote(1), at: 21)
    #expect(pushedOut == nil)
  }

  @Test func boundsRates() {
    var limit = RateLimit(perSecond: 2, burst: 3, at: 10)
    let first = (0..<5).map { _ in limit.allows(at: 10) }
    #expect(first == [true, true, true, false, false])
    let second = (0..<2).map { _ in limit.allows(at: 10.5) }
    #expect(second == [true, false])
    let last = (0..<5).map { _ in limit.allows(at: 1000) }
    #expect(last == [true, true, true, false, false])
  }

  @Test(arguments: [
    ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("::ffff:127.0.0.1", true), ("10.0.0.1", false),
    ("::2", false), ("::ffff:10.0.0.1", false), ("0.0.0.0", false), ("fe80::1", false),
  ])
  func knowsTheLoopback(_ host: String, isLoopback: Bool) throws {
    let address = try SocketAddress.resolve(host, port: 7)
    #expect(address.isLoopback == isLoopback)
    #expect(address.hostText == host)
    #expect(address.withSocketAddress { pointer, _ in SocketAddress(pointer) } == address)
  }

  @Test func readsHostAndPort() throws {
    #expect(try SocketAddress.resolve(hostAndPort: "127.0.0.1:80").description == "127.0.0.1:80")
    #expect(try SocketAddress.resolve(hostAndPort: "[::1]:80").description == "[::1]:80")
    #expect(try SocketAddress.resolve(hostAndPort: "localhost:80").description == "127.0.0.1:80")
    for bad in ["", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", ":80", "no such host.invalid:80"] {
      #expect(throws: OSCError.self) { try SocketAddress.resolve(hostAndPort: bad) }
    }
  }
}
