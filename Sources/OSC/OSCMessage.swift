// An OSC message.

/// An address and its arguments.
public struct OSCMessage: Hashable, Sendable {
  /// The address, beginning with a slash.
  public var path: String
  /// The values.
  public var arguments: [OSCArgument]

  /// Makes a message.
  public init(_ path: String, _ arguments: [OSCArgument] = []) {
    self.path = path
    self.arguments = arguments
  }

  /// The message's bytes, a multiple of four, by the specification OSC 1.0.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(oscString: path.utf8)
    bytes.append(oscString: [UInt8(ascii: ",")] + arguments.map(\.tag))
    for argument in arguments { argument.encode(to: &bytes) }
    return bytes
  }
}
