// The other end of a UDP connection, and patience.

import Control
import Glibc

@testable import OSC

/// A socket on the loopback that sends to one server and collects what comes.
final class Peer {
  private let socket: UDPSocket
  private let server: SocketAddress
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
  private(set) var heard: [OSCMessage] = []
  /// Packets as they came.
  private(set) var packets: [[UInt8]] = []
  private(set) var lastSender: SocketAddress?

  /// - Parameter port: the server's; 0 when it isn't known yet.
  init(to port: Int = 0, host: String = "127.0.0.1") throws {
    socket = try UDPSocket(bindingTo: try SocketAddress.resolve(host, port: 0))
    server = try SocketAddress.resolve(host, port: UInt16(port))
  }

  deinit {
    buffer.deallocate()
  }

  var port: Int { Int(socket.address.port) }

  func send(_ path: String, _ arguments: OSCArgument...) {
    socket.send(OSCMessage(path, arguments).bytes, to: server)
  }

  func send(bytes: [UInt8]) {
    socket.send(bytes, to: server)
  }

  /// Sends to whoever sent last.
  func answer(_ path: String, _ arguments: OSCArgument...) {
    guard let lastSender else { return }
    socket.send(OSCMessage(path, arguments).bytes, to: lastSender)
  }

  /// Takes in what waits.
  func listen() {
    while let (bytes, sender) = socket.receive(into: buffer) {
      packets.append(bytes)
      lastSender = sender
      if let messages = try? OSCPacket.parse(bytes) { heard += messages }
    }
  }

  /// The first message with a path that comes within some seconds; it and what came before it are forgotten.
  func next(_ path: String, within seconds: Double = 5) -> OSCMessage? {
    var found: OSCMessage?
    waitUntil(seconds) {
      listen()
      guard let index = heard.firstIndex(where: { $0.path == path }) else { return false }
      found = heard[index]
      heard.removeFirst(index + 1)
      return true
    }
    return found
  }
}

/// Polls until a condition holds; returns whether it did in time.
@discardableResult
func waitUntil(_ seconds: Double = 5, _ condition: () -> Bool) -> Bool {
  let end = MonotonicTime.now + seconds
  while !condition() {
    if MonotonicTime.now > end { return false }
    usleep(2000)
  }
  return true
}

/// An IPv4 address of this machine that is not on the loopback; nil when there is none.
func networkAddress() -> String? {
  var list: UnsafeMutablePointer<ifaddrs>?
  guard getifaddrs(&list) == 0 else { return nil }
  defer { freeifaddrs(list) }
  var next = list
  while let entry = next?.pointee {
    if let raw = entry.ifa_addr, let address = SocketAddress(raw), address.family == AF_INET, !address.isLoopback {
      return address.hostText
    }
    next = entry.ifa_next
  }
  return nil
}
