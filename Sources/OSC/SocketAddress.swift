// A host and a UDP port.

import Glibc

/// An IPv4 or IPv6 address with a port: a value that can be compared, and written as a `sockaddr`.
struct SocketAddress: Hashable, Sendable {
  /// 4 bytes for IPv4, 16 for IPv6.
  let host: [UInt8]
  /// For IPv6 link-local addresses; else 0.
  let scope: UInt32
  /// The UDP port.
  var port: UInt16

  /// An address of a host, a name or numbers. Names lead to IPv4 where there is a choice: programs on liblo know no
  /// other, and "localhost" has both.
  static func resolve(_ host: String, port: UInt16, family: Int32 = AF_UNSPEC) throws(OSCError) -> SocketAddress {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    hints.ai_family = family
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard code == 0 else { throw .address(host, reason: String(cString: gai_strerror(code)).lowercased()) }
    var found: [SocketAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = entry.ai_addr, let one = SocketAddress(address) { found.append(one) }
      next = entry.ai_next
    }
    guard var address = found.first(where: { $0.family == AF_INET }) ?? found.first else {
      throw .address(host, reason: "it has no internet address")
    }
    address.port = port
    return address
  }

  /// Reads "host:port" or "[host]:port", the host a name or numbers.
  static func resolve(hostAndPort text: String, family: Int32 = AF_UNSPEC) throws(OSCError) -> SocketAddress {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
      throw .address(text, reason: "it has no port from 1 to 65535")
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { throw .address(text, reason: "it has no host") }
    return try resolve(String(host), port: port, family: family)
  }

  /// Takes over what the system says; nil for other families than IPv4 and IPv6.
  init?(_ address: UnsafePointer<sockaddr>) {
    let raw = UnsafeRawPointer(address)
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      let value = raw.loadUnaligned(as: sockaddr_in.self)
      host = withUnsafeBytes(of: value.sin_addr) { Array($0) }
      scope = 0
      port = UInt16(bigEndian: value.sin_port)
    case AF_INET6:
      let value = raw.loadUnaligned(as: sockaddr_in6.self)
      host = withUnsafeBytes(of: value.sin6_addr) { Array($0) }
      scope = value.sin6_scope_id
      port = UInt16(bigEndian: value.sin6_port)
    default:
      return nil
    }
  }

  /// `AF_INET` or `AF_INET6`.
  var family: Int32 { host.count == 4 ? AF_INET : AF_INET6 }

  /// Whether only this machine can have sent from there: the kernel takes no such packets from a network.
  var isLoopback: Bool {
    if host.count == 4 { return host[0] == 127 }
    let isMapped = host.prefix(10).allSatisfy { $0 == 0 } && host[10] == 255 && host[11] == 255
    if isMapped { return host[12] == 127 }
    return host.dropLast().allSatisfy { $0 == 0 } && host[15] == 1
  }

  /// Whether two addresses name the same host.
  func hasHost(of other: SocketAddress) -> Bool { host == other.host && scope == other.scope }

  /// The host in numbers.
  var hostText: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(family, host, &text, socklen_t(text.count)) != nil else { return "?" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Calls `body` with the address as system calls want it.
  func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var storage = sockaddr_storage()
    return withUnsafeMutableBytes(of: &storage) { bytes in
      let size: Int
      if host.count == 4 {
        var value = sockaddr_in()
        value.sin_family = sa_family_t(AF_INET)
        value.sin_port = port.bigEndian
        withUnsafeMutableBytes(of: &value.sin_addr) { $0.copyBytes(from: host) }
        size = MemoryLayout<sockaddr_in>.size
        withUnsafeBytes(of: value) { bytes.copyMemory(from: $0) }
      } else {
        var value = sockaddr_in6()
        value.sin6_family = sa_family_t(AF_INET6)
        value.sin6_port = port.bigEndian
        value.sin6_scope_id = scope
        withUnsafeMutableBytes(of: &value.sin6_addr) { $0.copyBytes(from: host) }
        size = MemoryLayout<sockaddr_in6>.size
        withUnsafeBytes(of: value) { bytes.copyMemory(from: $0) }
      }
      return bytes.withMemoryRebound(to: sockaddr.self) { pointer in
        // A `sockaddr_storage` is larger than any of its kinds, so there is a base address.
        guard let address = UnsafePointer(pointer.baseAddress) else { return body([sockaddr()], 0) }
        return body(address, socklen_t(size))
      }
    }
  }
}

extension SocketAddress: CustomStringConvertible {
  /// "127.0.0.1:9000" or "[::1]:9000".
  var description: String { host.count == 4 ? "\(hostText):\(port)" : "[\(hostText)]:\(port)" }
}
