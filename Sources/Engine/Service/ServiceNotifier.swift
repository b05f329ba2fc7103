// Tells the service manager how the daemon fares (the sd_notify protocol, without libsystemd).

import Control
import Foundation
import Glibc

/// Sends datagrams to `$NOTIFY_SOCKET`; does nothing when no service manager listens.
///
/// Source of the protocol: sd_notify(3) of systemd. Never blocks; a message that can't be sent is lost.
public struct ServiceNotifier: Sendable {
  private let address: [UInt8]
  /// Seconds after which the manager gives up unless it is told that all is well; nil when it does not watch.
  public let watchdogInterval: Double?

  /// - Parameter environment: the variables to look in, by default those of the process.
  public init(environment: [String: String]? = nil) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    let path = environment["NOTIFY_SOCKET"] ?? ""
    let isKnownKind = path.hasPrefix("/") || path.hasPrefix("@")
    var bytes = isKnownKind ? Array(path.utf8) : []
    // "@" stands for the zero byte of an abstract address.
    if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
    address = bytes
    // A child that has inherited the variables is not the one that is watched.
    let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
    let microseconds = environment["WATCHDOG_USEC"].flatMap(UInt64.init) ?? 0
    watchdogInterval = isMeant && microseconds > 0 && !bytes.isEmpty ? Double(microseconds) * 1e-6 : nil
  }

  /// Whether a service manager listens.
  public var isPresent: Bool { !address.isEmpty }

  /// The start is over: the control socket answers.
  public func ready() { send("READY=1") }

  /// The end has begun.
  public func stopping() { send("STOPPING=1") }

  /// All is well: to be said within `watchdogInterval`.
  func watchdog() { send("WATCHDOG=1") }

  /// The configuration is about to be read again; `ready` follows (systemd.service(5), `Type=notify-reload`).
  public func reloading() {
    let microseconds = UInt64(MonotonicTime.now * 1e6)
    send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
  }

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
