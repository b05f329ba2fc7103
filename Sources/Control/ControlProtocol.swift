// The constants of the control protocol: its version and its limits.

/// What client and server agree on before the first line; `docs/protocol.md` is the reference.
public enum ControlProtocol {
  /// Rises when a client of an older version could misread a line. New keys and new message types don't raise it.
  public static let version = 1

  /// The longest line in bytes that either side accepts, its newline not counted.
  public static let maximumLineLength = 65_536

  /// How many clients a server keeps at a time.
  public static let maximumClients = 64
}
