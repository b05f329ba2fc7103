// What a client asks of the daemon: one JSON object a line, told apart by its "command".

/// A command of the control protocol.
///
/// On the wire: `{"command":"watch"}`. A client may add `"protocol":1`; a version above the server's is refused.
public enum Request: String, CaseIterable, Sendable {
  /// Asks for every readout from now on.
  case watch
  /// Asks for one `Status`.
  case status
  /// Asks which program and protocol answer.
  case version
  /// Asks for a sign of life.
  case ping
}

extension Request: Codable {
  private enum Key: String, CodingKey {
    case command
    case `protocol`
  }

  /// Reads `{"command":…}`; throws a `Failure` that names what is wrong and what would be right.
  public init(from decoder: any Decoder) throws {
    guard let fields = try? decoder.container(keyedBy: Key.self), fields.contains(.command),
      let name = try? fields.decode(String.self, forKey: .command)
    else {
      throw Failure(.malformed, "The line has no \"command\"; send for example {\"command\":\"status\"}.")
    }
    if fields.contains(.protocol) {
      guard let asked = try? fields.decode(Int.self, forKey: .protocol) else {
        throw Failure(.malformed, "\"protocol\" is not a whole number; this server speaks \(ControlProtocol.version).")
      }
      guard asked <= ControlProtocol.version else {
        throw Failure(
          .unsupportedProtocol,
          "Protocol \(asked) is newer than this server's \(ControlProtocol.version); update and restart antiphond.")
      }
    }
    guard let request = Request(rawValue: name) else {
      let known = Request.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.unknownCommand, "There is no command \"\(name.prefix(40))\"; this server knows \(known).")
    }
    self = request
  }

  /// Writes `{"command":…}`.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(rawValue, forKey: .command)
  }
}
