// An error reply: a code for programs and a sentence for people.

/// What the server answers when it can't do what a line asked.
public struct Failure: Error, Codable, Equatable, Sendable {
  /// The codes of protocol version 1. A client takes a code that it doesn't know as a plain failure.
  public enum Code: String, Sendable {
    /// The line is no JSON object with a command.
    case malformed
    /// The command is not known here.
    case unknownCommand = "unknown-command"
    /// The line is longer than `ControlProtocol.maximumLineLength`; it was skipped.
    case lineTooLong = "line-too-long"
    /// The client asked for a newer protocol than the server's.
    case unsupportedProtocol = "unsupported-protocol"
    /// Every place for a client is taken; the connection ends.
    case busy
    /// The client didn't read what it was sent; the connection ends.
    case slow
    /// A value is not allowed: an unknown name, a number out of its range.
    case badValue = "bad-value"
    /// The server couldn't carry the command out.
    case failed
  }

  /// The code, a string so that newer servers may add some.
  public var code: String
  /// One sentence: what is wrong and what to do.
  public var message: String

  /// Makes a failure with one of the known codes.
  public init(_ code: Code, _ message: String) {
    self.code = code.rawValue
    self.message = message
  }
}

extension Failure: CustomStringConvertible {
  /// The sentence.
  public var description: String { message }
}
