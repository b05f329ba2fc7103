// The few system calls of a unix stream socket, as functions that return or throw.

import Glibc

/// Unix stream sockets by path. Descriptors are plain integers that the caller closes.
enum UnixSocket {
  /// The text of the current `errno`.
  static var reason: String { String(cString: strerror(errno)) }

  /// Makes a socket that is closed on exec and never blocks on its own.
  static func make(for path: String, blocking: Bool) throws(ControlError) -> Int32 {
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
      | (blocking ? 0 : Int32(SOCK_NONBLOCK.rawValue))
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { throw .system("make", path: path, reason: reason) }
    return descriptor
  }

  /// Calls `body` with the socket address of a path.
  static func withAddress<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) throws(ControlError) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard !bytes.isEmpty, bytes.count < room else { throw .pathTooLong(path) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Connects; returns false when nobody listens there.
  static func connects(_ descriptor: Int32, to path: String) throws(ControlError) -> Bool {
    try withAddress(path) { connect(descriptor, $0, $1) == 0 }
  }

  /// Takes the next client, closed on exec and never blocking; negative with `errno` set when there is none.
  static func acceptClient(_ listener: Int32) -> Int32 {
    let descriptor = accept(listener, nil, nil)
    guard descriptor >= 0 else { return descriptor }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  /// The user at the other end; nil when the kernel doesn't tell.
  static func peerUser(_ descriptor: Int32) -> uid_t? {
    // struct ucred { pid, uid, gid }, which Swift's Glibc module leaves out.
    var credentials: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
    var size = socklen_t(MemoryLayout.size(ofValue: credentials))
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 else { return nil }
    return credentials.uid
  }

  /// Bounds how long `connect` (to a server that accepts nobody) and `send` may block.
  static func limitBlocking(_ descriptor: Int32, seconds: Double) {
    let whole = max(0, min(seconds, 3600))
    var time = timeval(tv_sec: Int(whole), tv_usec: Int(whole.truncatingRemainder(dividingBy: 1) * 1e6))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Shrinks the kernel's send buffer, so that a reader that pauses finds little that is stale.
  static func limitSendBuffer(_ descriptor: Int32, bytes: Int32) {
    var size = bytes
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
  }
}
