// Tells the service manager how the daemon fares (the sd_notify protocol, without libsystemd).

import Foundation
import Glibc

/// Sends datagrams to `$NOTIFY_SOCKET`; does nothing when no service manager listens.
///
/// Source of the protocol: sd_notify(3) of systemd. Never blocks; a message that can't be sent is lost.
public struct ServiceNotifier: Sendable {
  private let address: [UInt8]

  /// - Parameter environment: the variables to look in, by default those of the process.
  public init(environment: [String: String]? = nil) {
    let path = (environment ?? ProcessInfo.processInfo.environment)["NOTIFY_SOCKET"] ?? ""
    let isKnownKind = path.hasPrefix("/") || path.hasPrefix("@")
    var bytes = isKnownKind ? Array(path.utf8) : []
    // "@" stands for the zero byte of an abstract address.
    if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
    address = bytes
  }

  /// Whether a service manager listens.
  public var isPresent: Bool { !address.isEmpty }

  /// The start is over: the control socket answers.
  public func ready() { send("READY=1") }

  /// The end has begun.
  public func stopping() { send("STOPPING=1") }

  /// One line about the state, as `systemctl status` shows it.
  public func status(_ text: String) {
    send("STATUS=" + text.replacingOccurrences(of: "\n", with: " "))
  }

  private func send(_ text: String) {
    var destination = sockaddr_un()
    guard !address.isEmpty, address.count <= MemoryLayout.size(ofValue: destination.sun_path) else { return }
    destination.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &destination.sun_path) { $0.copyBytes(from: address) }
    let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let size = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
    let bytes = Array(text.utf8)
    withUnsafePointer(to: &destination) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, size)
      }
    }
  }
}
