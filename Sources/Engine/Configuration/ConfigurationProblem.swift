// Something that is wrong in the configuration file.

/// One line of a report about the configuration file.
public struct ConfigurationProblem: Codable, Error, Hashable, Sendable {
  /// Counted from 1; nil when it concerns the file as a whole.
  public var line: Int?
  /// What is wrong and what to do, as a sentence.
  public var message: String

  /// A problem in a line.
  public init(line: Int?, message: String) {
    self.line = line
    // A name in quotation marks may hold a line break; a problem is one line all the same.
    self.message = String(message.map { $0.isNewline ? " " : $0 })
  }

  /// The problem as a compiler would write it: `FILE:LINE: message`.
  public func text(path: String) -> String {
    line.map { "\(path):\($0): \(message)" } ?? "\(path): \(message)"
  }
}
