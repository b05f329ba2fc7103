// The messages to the service manager.

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
    notifier.stopping()
    for expected in ["READY=1", "STATUS=C♯ dorian 87 % next", "STOPPING=1"] {
      var buffer = [UInt8](repeating: 0, count: 200)
      let count = recv(receiver, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == expected)
    }
  }

  @Test func isSilentWithoutAManager() {
    #expect(!ServiceNotifier(environment: [:]).isPresent)
    #expect(!ServiceNotifier(environment: ["NOTIFY_SOCKET": "relative"]).isPresent)
    ServiceNotifier(environment: ["NOTIFY_SOCKET": "/no/such/socket"]).ready()
    ServiceNotifier(environment: ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 300)]).ready()
  }
}
