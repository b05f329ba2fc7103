// A bound UDP socket.

import Glibc

/// Sends and receives packets; never blocks. liblo 0.31 can't be bound to one address, so the socket is made here.
struct UDPSocket: ~Copyable {
  /// To be polled for POLLIN.
  let descriptor: Int32
  /// Where it is bound, with the real port.
  let address: SocketAddress

  /// Binds to an address; port 0 takes any that is free.
  init(bindingTo wanted: SocketAddress) throws(OSCError) {
    let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(wanted.family, kind, 0)
    let port = Int(wanted.port)
    guard descriptor >= 0 else {
      if errno == EMFILE || errno == ENFILE { throw .noDescriptors }
      throw .bind(address: wanted.hostText, port: port, reason: Self.reason)
    }
    guard wanted.withSocketAddress({ bind(descriptor, $0, $1) }) == 0, let bound = Self.name(descriptor) else {
      let (code, reason) = (errno, Self.reason)
      close(descriptor)
      if code == EADDRINUSE { throw .portInUse(address: wanted.hostText, port: port) }
      throw .bind(address: wanted.hostText, port: port, reason: reason)
    }
    self.descriptor = descriptor
    address = bound
  }

  deinit {
    close(descriptor)
  }

  /// The next packet and who sent it; nil when none waits.
  func receive(into buffer: UnsafeMutableRawBufferPointer) -> (bytes: [UInt8], sender: SocketAddress)? {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let (count, sender) = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        let count = recvfrom(descriptor, buffer.baseAddress, buffer.count, 0, address, &size)
        return (count, SocketAddress(address))
      }
    }
    guard count >= 0, let sender else { return nil }
    return (Array(buffer.prefix(count)), sender)
  }

  /// Sends a packet; returns whether the system took it.
  @discardableResult
  func send(_ bytes: [UInt8], to address: SocketAddress) -> Bool {
    let sent = address.withSocketAddress { sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, $1) }
    return sent == bytes.count
  }

  private static var reason: String { String(cString: strerror(errno)).lowercased() }

  private static func name(_ descriptor: Int32) -> SocketAddress? {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        getsockname(descriptor, address, &size) == 0 ? SocketAddress(address) : nil
      }
    }
  }
}
