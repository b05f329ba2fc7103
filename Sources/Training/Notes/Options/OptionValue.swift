// The value of an option, as a command line, a file or a grid gives it.
import Foundation

/// A value before an option has taken it.
public enum OptionValue: Equatable, Sendable {
  case text(String)
  case integer(Int)
  case real(Double)
  case flag(Bool)
  case list([OptionValue])
  /// What no option takes, such as a date, under a name for messages.
  case other(String)

  /// Understands a word as a person types it: a number, true or false, several of these between commas, or text.
  public init(typed text: String) {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    self = words.count > 1 ? .list(words.map { Self.word(String($0)) }) : Self.word(text)
  }

  private static func word(_ text: String) -> OptionValue {
    let text = text.trimmingCharacters(in: .whitespaces)
    if let number = Int(text) { return .integer(number) }
    // "nan" and "infinity" are words.
    if let number = Double(text), number.isFinite, text.contains(where: \.isWholeNumber) { return .real(number) }
    if let flag = Bool(text) { return .flag(flag) }
    return .text(text)
  }

  /// The value for a message, short whatever it is.
  public var shown: String {
    switch self {
    case .text(let text): "\"\(text.prefix(60))\""
    case .integer, .real, .flag: typed
    case .list: "[" + typed.prefix(60) + "]"
    case .other(let name): name
    }
  }

  /// The value as a person types it.
  public var typed: String {
    switch self {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .flag(let isOn): "\(isOn)"
    case .list(let values): values.map(\.typed).joined(separator: ",")
    case .other(let name): name
    }
  }

  /// The value in TOML.
  var toml: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .integer, .real, .flag, .other: typed
    case .list(let values): "[" + values.map(\.toml).joined(separator: ", ") + "]"
    }
  }

  private static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 32 || scalar.value == 127: "\\u" + String(format: "%04X", scalar.value)
      default: String(scalar)
      }
    }
    return "\"" + scalars.joined() + "\""
  }
}
