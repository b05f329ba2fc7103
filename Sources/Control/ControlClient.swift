// A client of the control protocol: connects, asks, and reads line by line.

import Glibc

/// The command line's end of a connection. Blocking; one thread.
public final class ControlClient {
  /// What a read brought.
  public enum Event: Equatable, Sendable {
    /// A line from the server.
    case message(Message)
    /// Nothing came in time, or a signal interrupted the wait.
    case nothing
  }

  /// Who answers.
  public private(set) var hello = Hello(version: "")

  private let path: String
  private let descriptor: Int32
  private var lines = LineBuffer()
  private var waiting: [Message] = []

  /// Connects and reads the greeting.
  ///
  /// - Parameter path: the socket, see `SocketPath.standard`.
  /// - Parameter timeout: seconds to wait for the connection, and again for the greeting.
  public init(path: String, timeout: Double = 5) throws(ControlError) {
    self.path = path
    let descriptor = try UnixSocket.make(for: path, blocking: true)
    UnixSocket.limitBlocking(descriptor, seconds: timeout)
    let connected: Bool
    do throws(ControlError) {
      connected = try UnixSocket.connects(descriptor, to: path)
    } catch {
      close(descriptor)
      throw error
    }
    let code = errno
    // From here on the deinitialiser closes the descriptor.
    self.descriptor = descriptor
    guard connected else {
      let isNobodyThere = [ENOENT, ECONNREFUSED, ENOTDIR, ENOTSOCK].contains(code)
      if isNobodyThere { throw .notRunning(path) }
      if code == EAGAIN { throw .timeout(path) }
      throw .system("connect to", path: path, reason: String(cString: strerror(code)))
    }
    guard case .hello(let hello) = try next(timeout: timeout) else { throw .protocolMismatch(path) }
    guard hello.protocol == ControlProtocol.version else { throw .protocolMismatch(path) }
    self.hello = hello
  }

  deinit {
    close(descriptor)
  }

  /// Sends a request; replies come through `receive`.
  public func send(_ request: Request) throws(ControlError) {
    var rest = LineCodec.encode(request)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw errno == EAGAIN ? .timeout(path) : .closed(path)
      }
    }
  }

  /// Sends a request and waits for its reply; events that come before are skipped.
  public func ask(_ request: Request, timeout: Double = 5) throws(ControlError) -> Message {
    try send(request)
    let end = MonotonicTime.now + timeout
    while true {
      let message = try next(timeout: max(0, end - MonotonicTime.now))
      if !message.isEvent { return message }
    }
  }

  /// The next line that is a message, or `.nothing` after `timeout` seconds or a signal.
  ///
  /// - Throws: `closed` when the server went away, `refused` when it ends the connection with a reason.
  public func receive(timeout: Double) throws(ControlError) -> Event {
    if !waiting.isEmpty { return try taken() }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(max(0, min(timeout, 3600) * 1000).rounded(.up))
    guard poll(&entry, 1, milliseconds) > 0 else { return .nothing }
    let path = path
    let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count > 0 {
        lines.append(buffer[..<count]) { item in
          if case .line(let line) = item, let message = LineCodec.message(line) { waiting.append(message) }
        }
      }
      return count
    }
    if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) { throw .closed(path) }
    return waiting.isEmpty ? .nothing : try taken()
  }

  private func taken() throws(ControlError) -> Event {
    let message = waiting.removeFirst()
    let endsConnection: Set = [Failure.Code.busy.rawValue, Failure.Code.slow.rawValue]
    if case .failure(let failure) = message, endsConnection.contains(failure.code) {
      throw .refused(failure.message)
    }
    return .message(message)
  }

  private func next(timeout: Double) throws(ControlError) -> Message {
    let end = MonotonicTime.now + timeout
    while true {
      if case .message(let message) = try receive(timeout: max(0, end - MonotonicTime.now)) { return message }
      if MonotonicTime.now >= end { throw .timeout(path) }
    }
  }
}
