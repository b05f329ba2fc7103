// The messages to the service manager.

import Control
import Foundation
import Testing

@testable import Engine

@Suite struct ServiceNotifierTests {
  @Test func sendsTheStateToTheSocket() throws {
    let path = NSTemporaryDirectory() + "/an-" + UUID().uuidString.prefix(8)
    let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer {
      close(receiver)
      unlink(path)
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(receiver, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    let notifier = ServiceNotifier(environment: ["NOTIFY_SOCKET": path])
    #expect(notifier.isPresent)
    notifier.ready()
    notifier.status("C♯ dorian 87 %\nnext")
    notifier.watchdog()
    notifier.stopping()
    notifier.reloading()
    let receive = {
      var buffer = [UInt8](repeating: 0, count: 200)
      let count = recv(receiver, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
    for expected in ["READY=1", "STATUS=C♯ dorian 87 % next", "WATCHDOG=1", "STOPPING=1"] {
      #expect(receive() == expected)
    }
    let reloading = receive().split(separator: "=")
    #expect(reloading.first == "RELOADING" && reloading.count == 3 && reloading[1] == "1\nMONOTONIC_USEC")
    let time = try #require(reloading.last.flatMap { Double($0) })
    #expect(abs(time * 1e-6 - MonotonicTime.now) < 5)
  }

  @Test func readsTheWatchdogsInterval() {
    let socket = ["NOTIFY_SOCKET": "/no/such/socket"]
    let own = "\(getpid())"
    let interval = { (more: [String: String]) in
      ServiceNotifier(environment: socket.merging(more) { $1 }).watchdogInterval
    }
    #expect(interval(["WATCHDOG_USEC": "20000000"]) == 20)
    #expect(interval(["WATCHDOG_USEC": "20000000", "WATCHDOG_PID": own]) == 20)
    // A child inherits the variables, but is not the one that is meant.
    #expect(interval(["WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "1"]) == nil)
    for junk in ["", "0", "-5", "soon", "1e3"] { #expect(interval(["WATCHDOG_USEC": junk]) == nil) }
    #expect(interval([:]) == nil)
    #expect(ServiceNotifier(environment: ["WATCHDOG_USEC": "20000000"]).watchdogInterval == nil)
  }

  @Test func isSilentWithoutAManager() {
    #expect(!ServiceNotifier(environment: [:]).isPresent)
    #expect(!ServiceNotifier(environment: ["NOTIFY_SOCKET": "relative"]).isPresent)
    ServiceNotifier(environment: ["NOTIFY_SOCKET": "/no/such/socket"]).ready()
    ServiceNotifier(environment: ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 300)]).ready()
  }
}
