// A value in a TOML file.

/// What a key of a TOML file holds.
package indirect enum TOMLItem: Equatable, Sendable {
  case text(String)
  case integer(Int)
  case real(Double)
  case flag(Bool)
  case list([TOMLItem])
  case table([String: TOMLItem])
  /// A date or a time, for which nobody has a use.
  case date

  /// A word, number or switch as text; nil for lists, tables and dates.
  var word: String? {
    switch self {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .flag(let isOn): isOn ? "true" : "false"
    case .list, .table, .date: nil
    }
  }

  /// The value for a message: short, whatever it is.
  package var shown: String {
    switch self {
    case .text(let text): Self.quoted(String(text.prefix(60)))
    case .integer, .real, .flag: word ?? ""
    case .list: "a list"
    case .table: "a table"
    case .date: "a date"
    }
  }

  /// A text in TOML's quotation marks.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 32 || scalar.value == 127 || Character(scalar).isNewline:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
