// A second session on the same server: names, sockets and folders do not clash.

import Control
import Foundation
import Testing

private let canRun = FileManager.default.isExecutableFile(atPath: antiphond) && isInstalled("jackd")

@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: canRun, "needs antiphond beside the tests, and jackd"))
struct SessionFaultTests {
  @Test("name taken, second user session: a changed name that is shown, or waiting with --exact-name")
  func secondDaemon() throws {
    let server = JackServer()
    try server.start()
    defer { server.end() }
    let first = try DaemonProcess(["--server", server.name])
    let one = try first.client()
    #expect(try eventually { try one.status().audio.input.isActive })
    let second = try DaemonProcess(["--server", server.name])
    let other = try second.client()
    #expect(try eventually { try other.status().audio.input.isActive })
    #expect(try one.status().audio.client == "antiphon")
    #expect(try other.status().audio.client == "antiphon-01")
    let third = try DaemonProcess(["--server", server.name, "--exact-name"])
    let waiting = try third.client()
    #expect(try eventually { try waiting.status().warnings.contains { $0.contains("“antiphon” is taken") } })
    #expect(try !waiting.status().audio.input.isActive)
    // It gets the name as soon as it is free, and the other two are not disturbed by one another's end.
    #expect(first.end() == 0)
    #expect(try eventually { try waiting.status().audio.input.isActive })
    #expect(try waiting.status().audio.client == "antiphon")
    #expect(try other.ask(.ping) == .pong)
    #expect(second.end() == 0 && third.end() == 0)
  }
}
