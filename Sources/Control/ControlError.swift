// What can go wrong with the control socket, each as one sentence with its remedy.

/// An error of the control server or client.
public enum ControlError: Error, Equatable, Sendable {
  /// No folder for sockets is known.
  case noRuntimeDirectory
  /// The path doesn't fit into a socket address.
  case pathTooLong(String)
  /// A server answers on the path already.
  case alreadyRunning(String)
  /// Something that is no socket stands at the path.
  case notASocket(String)
  /// A folder could not be made, or belongs to somebody else.
  case folder(String, reason: String)
  /// A system call failed.
  case system(String, path: String, reason: String)
  /// The process has no file descriptors left.
  case noDescriptors
  /// No server answers on the path.
  case notRunning(String)
  /// The server closed the connection.
  case closed(String)
  /// The server refused what was asked.
  case refused(String)
  /// What answers doesn't speak the protocol, or a newer one.
  case protocolMismatch(String)
  /// No answer came in time.
  case timeout(String)
}

extension ControlError: CustomStringConvertible {
  /// One sentence with the remedy.
  public var description: String {
    switch self {
    case .noRuntimeDirectory:
      "XDG_RUNTIME_DIR is not set and there is no /run/user folder for this user: set it, or give --socket PATH."
    case .pathTooLong(let path):
      "The socket path \(path) is longer than the 107 bytes that Linux allows: give a shorter one with --socket PATH."
    case .alreadyRunning(let path):
      "antiphond is already running on \(path): stop that one first, or give this one another --socket PATH."
    case .notASocket(let path):
      "\(path) exists and is no socket: remove it, or give another --socket PATH."
    case .folder(let path, let reason):
      "The folder \(path) for the control socket can't be used (\(reason)): give another one with --socket PATH."
    case .system(let action, let path, let reason):
      "Could not \(action) the control socket \(path): \(reason)."
    case .noDescriptors:
      "No file descriptors are left: close other programs, or raise the limit with ulimit -n."
    case .notRunning(let path):
      "antiphond is not running (nothing answers on \(path)): start it with antiphond, or as a "
        + "service with systemctl --user start antiphond, or name its --socket PATH."
    case .closed(let path):
      "antiphond went away (the connection on \(path) ended): start it again with antiphond."
    case .refused(let message):
      "antiphond refused: \(message)"
    case .protocolMismatch(let path):
      "What answers on \(path) doesn't speak this version of the protocol: update antiphond and antiphon together."
    case .timeout(let path):
      "antiphond didn't answer in time on \(path): it may be stopped or overloaded; try again or restart it."
    }
  }
}
