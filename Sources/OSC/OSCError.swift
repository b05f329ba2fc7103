// What can go wrong with OSC, each as one sentence with its remedy.

/// An error of OSC packets, of the OSC server or of session management over OSC.
public enum OSCError: Error, Equatable, Sendable {
  /// The bytes are no OSC packet; what is wrong with them.
  case malformed(String)
  /// The address or name leads nowhere.
  case address(String, reason: String)
  /// Another program holds the UDP port.
  case portInUse(address: String, port: Int)
  /// The server can't be bound there.
  case bind(address: String, port: Int, reason: String)
  /// A receiver that is always served can't be reached from the server's address.
  case receiver(String, reason: String)
  /// The process has no file descriptors left.
  case noDescriptors
  /// `NSM_URL` is no URL of a session manager.
  case sessionURL(String)
  /// The session manager didn't answer in time.
  case sessionSilent(url: String, seconds: Double)
  /// The session manager answered but named no session.
  case sessionMissing(manager: String, seconds: Double)
  /// The session manager refused.
  case sessionRefused(String)
}

extension OSCError: CustomStringConvertible {
  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .malformed(let reason):
      "This is no OSC packet: \(reason); send OSC 1.0 messages or bundles over UDP."
    case .address(let text, let reason):
      "\"\(text)\" can't be used as an OSC address (\(reason)): give a host and a port, such as 127.0.0.1:9001."
    case .portInUse(let address, let port):
      "UDP port \(port) on \(address) is taken by another program: end that one, or give OSC another port."
    case .bind(let address, let port, let reason):
      "OSC can't listen on \(address), port \(port) (\(reason)): use an address of this machine, such as 127.0.0.1."
    case .receiver(let text, let reason):
      "OSC can't be sent to \"\(text)\" (\(reason)): give \"host:port\" such as \"127.0.0.1:9001\"."
    case .noDescriptors:
      "No file descriptors are left for OSC: close other programs, or raise the limit with ulimit -n."
    case .sessionURL(let url):
      "NSM_URL is \"\(url.prefix(100))\", which is no UDP URL: start antiphond from the session manager, or unset it."
    case .sessionSilent(let url, let seconds):
      "No session manager answered at \(url) within \(Int(seconds)) s: start it, or unset NSM_URL."
    case .sessionMissing(let manager, let seconds):
      "\(manager) opened no session within \(Int(seconds)) s: open one there, or unset NSM_URL."
    case .sessionRefused(let message):
      "The session manager refused antiphond: \(message)"
    }
  }
}
