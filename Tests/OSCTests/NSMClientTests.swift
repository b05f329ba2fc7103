// The session client against a session manager that is played by the test.

import Control
import Foundation
import Synchronization
import Testing

@testable import OSC

@Suite(.timeLimit(.minutes(10))) struct NSMClientTests {
  private let opened = Notes<NSMSession>()
  private let saved = Notes<Int>()

  private func handlers(
    open: Result<String, NSMFailure> = .success("opened"), save: Result<String, NSMFailure> = .success("saved")
  ) -> NSMHandlers {
    NSMHandlers(
      open: { [opened] session in
        opened.add(session)
        return open
      },
      save: { [saved] in
        saved.add(1)
        return save
      })
  }

  private func client(_ manager: Peer) throws(OSCError) -> NSMClient {
    try NSMClient(url: "osc.udp://localhost:\(manager.port)/", executable: "antiphond")
  }

  private func welcome(_ manager: Peer) {
    manager.answer(
      "/reply", .string("/nsm/server/announce"), .string("Howdy"), .string("New Session Manager"),
      .string(":broadcast:"))
  }

  private func open(_ manager: Peer, _ path: String = "/tmp/s/Antiphon.nABCD", _ identity: String = "Antiphon.nABCD") {
    manager.answer("/nsm/client/open", .string(path), .string("song"), .string(identity))
  }

  @Test func announcesItselfAndOpens() throws {
    let manager = try Peer()
    let client = try client(manager)
    let announce = try #require(manager.next("/nsm/server/announce"))
    #expect(
      announce.arguments == [
        .string("Antiphon"), .string(":dirty:message:"), .string("antiphond"), .int(1), .int(2), .int(getpid()),
      ])
    let first = manager.lastSender
    welcome(manager)
    open(manager)
    let session = try client.waitForSession(seconds: 5)
    #expect(session == NSMSession(path: "/tmp/s/Antiphon.nABCD", displayName: "song", clientID: "Antiphon.nABCD"))
    // Nothing is answered before the program is ready.
    #expect(manager.next("/reply", within: 0.1) == nil)
    client.begin(handlers())
    #expect(manager.next("/reply")?.arguments == [.string("/nsm/client/open"), .string("opened")])
    #expect(opened.all == [session])
    #expect(manager.next("/nsm/client/is_clean") != nil)
    #expect(manager.lastSender == first)
  }

  @Test func savesAndSwitches() throws {
    let manager = try Peer()
    let client = try client(manager)
    #expect(manager.next("/nsm/server/announce") != nil)
    welcome(manager)
    // A save before anything is open can't be done.
    manager.answer("/nsm/client/save")
    #expect(manager.next("/error")?.arguments.prefix(2) == [.string("/nsm/client/save"), .int(-8)])
    open(manager)
    client.begin(handlers())
    #expect(manager.next("/reply") != nil)
    #expect(manager.next("/nsm/client/is_clean") != nil)
    client.setDirty(true)
    #expect(manager.next("/nsm/client/is_dirty") != nil)
    client.setDirty(true)
    manager.answer("/nsm/client/save")
    #expect(manager.next("/reply")?.arguments == [.string("/nsm/client/save"), .string("saved")])
    #expect(manager.next("/nsm/client/is_clean") != nil)
    #expect(saved.all.count == 1)
    open(manager, "/tmp/t/Antiphon.nEFGH", "Antiphon.nEFGH")
    #expect(manager.next("/reply")?.arguments.first == .string("/nsm/client/open"))
    #expect(opened.all.map(\.clientID) == ["Antiphon.nABCD", "Antiphon.nEFGH"])
    client.show("D dorian", priority: 9)
    #expect(manager.next("/nsm/client/message")?.arguments == [.int(3), .string("D dorian")])
    manager.listen()
    #expect(!manager.heard.contains { $0.path == "/nsm/client/is_dirty" })
  }

  @Test func tellsFailures() throws {
    let manager = try Peer()
    let client = try client(manager)
    #expect(manager.next("/nsm/server/announce") != nil)
    welcome(manager)
    client.begin(handlers(open: .failure(NSMFailure(.badProject, "It is broken.")), save: .success("")))
    open(manager)
    #expect(
      manager.next("/error")?.arguments == [.string("/nsm/client/open"), .int(-9), .string("It is broken.")])
    open(manager, "relative")
    #expect(manager.next("/error")?.arguments.prefix(2) == [.string("/nsm/client/open"), .int(-1)])
    manager.answer("/nsm/client/open", .int(1))
    #expect(manager.next("/error") != nil)
  }

  @Test func staysDirtyWhenSavingFails() throws {
    let manager = try Peer()
    let client = try client(manager)
    #expect(manager.next("/nsm/server/announce") != nil)
    welcome(manager)
    client.begin(handlers(save: .failure(NSMFailure(.createFailed, "The disk is full."))))
    open(manager)
    #expect(manager.next("/nsm/client/is_clean") != nil)
    client.setDirty(true)
    #expect(manager.next("/nsm/client/is_dirty") != nil)
    manager.answer("/nsm/client/save")
    #expect(
      manager.next("/error")?.arguments == [.string("/nsm/client/save"), .int(-10), .string("The disk is full.")])
    #expect(manager.next("/nsm/client/is_clean", within: 0.1) == nil)
  }

  @Test func givesUpOnAManagerThatIsSilent() throws {
    let manager = try Peer()
    let url = "osc.udp://localhost:\(manager.port)/"
    let client = try NSMClient(url: url, executable: "antiphond")
    #expect(throws: OSCError.sessionSilent(url: url, seconds: 0.05)) { try client.waitForSession(seconds: 0.05) }
    #expect(manager.next("/nsm/server/announce") != nil)
    welcome(manager)
    #expect(throws: OSCError.sessionMissing(manager: "New Session Manager", seconds: 0.2)) {
      try client.waitForSession(seconds: 0.2)
    }
    manager.answer("/error", .string("/nsm/server/announce"), .int(-2), .string("Too new."))
    #expect(throws: OSCError.sessionRefused("Too new.")) { try client.waitForSession(seconds: 5) }
  }

  @Test func refusesBadURLs() {
    for url in ["", "x", "osc.tcp://localhost:9/", "osc.udp://localhost/", "osc.udp://:9/", "http://localhost:9/"] {
      #expect(throws: OSCError.sessionURL(url)) { try NSMClient(url: url, executable: "antiphond") }
    }
    #expect(NSMClient.url(environment: [:]) == nil)
    #expect(NSMClient.url(environment: ["NSM_URL": ""]) == nil)
    #expect(NSMClient.url(environment: ["NSM_URL": "osc.udp://h:1/"]) == "osc.udp://h:1/")
  }

  @Test func obeysNobodyElse() throws {
    let manager = try Peer()
    let client = try client(manager)
    #expect(manager.next("/nsm/server/announce") != nil)
    let port = try #require(manager.lastSender?.port)
    let intruder = try Peer(to: Int(port))
    for _ in 0..<100 { intruder.send(bytes: (0..<40).map { _ in UInt8.random(in: 0...255) }) }
    intruder.send("/nsm/client/open", .string("/tmp/x"), .string("x"), .string("x"))
    welcome(manager)
    open(manager)
    #expect(try client.waitForSession(seconds: 5).clientID == "Antiphon.nABCD")
  }
}
