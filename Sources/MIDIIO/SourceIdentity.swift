// Who sends MIDI, by name.

/// The names of a sequencer port and its client. They survive unplugging and restarts, which the numbers do not.
public struct SourceIdentity: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name of the client: a keyboard or a program.
  public var client: String
  /// The name of the port.
  public var port: String

  /// The port `port` of `client`.
  public init(client: String, port: String) {
    self.client = client
    self.port = port
  }

  /// Both names with a colon between them.
  public var description: String { "\(client):\(port)" }

  public static func < (a: SourceIdentity, b: SourceIdentity) -> Bool {
    (a.client, a.port) < (b.client, b.port)
  }
}
