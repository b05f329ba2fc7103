// What can go wrong when the page is to be served, each as one sentence with its remedy.

/// An error of the web server.
public enum WebServerError: Error, Equatable, Sendable {
  /// Another program listens on the port.
  case portInUse(UInt16)
  /// Only root may listen on the port.
  case portNotAllowed(UInt16)
  /// The system refuses for another reason.
  case cannotListen(UInt16, reason: String)
  /// The server ended although nobody asked it to.
  case ended(reason: String)
}

extension WebServerError: CustomStringConvertible {
  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .portInUse(let port):
      "Port \(port) is in use by another program: give another one with --port, or --port 0 for any that is free."
    case .portNotAllowed(let port):
      "Port \(port) is reserved for root: give one from 1024 to 65535 with --port."
    case .cannotListen(let port, let reason):
      "The page can't be served on port \(port) (\(reason)): give another one with --port."
    case .ended(let reason):
      "The web server ended (\(reason)): start it again with antiphon web."
    }
  }
}
