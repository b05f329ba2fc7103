// Reads TOML 1.0: what a word without quotation marks stands for.

/// A cursor over a word: a number, a date or a time.
struct TOMLWord {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text[...].utf8
  }

  // MARK: What it stands for

  /// An integer or a real number.
  enum Number: Equatable {
    /// nil when it does not fit into 64 bits.
    case integer(Int?)
    case real(Double)
  }

  /// The number that `text` writes; nil when it writes none.
  static func number(_ text: String) -> Number? {
    switch text {
    case "inf", "+inf": return .real(.infinity)
    case "-inf": return .real(-.infinity)
    case "nan", "+nan", "-nan": return .real(.nan)
    default: break
    }
    var word = TOMLWord(text)
    let plain = text.contains("_") ? text.filter { $0 != "_" } : text
    for (mark, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(mark) {
      word.rest = word.rest.dropFirst(2)
      return word.digits(radix: radix) > 0 && word.isAtEnd ? .integer(Int(plain.dropFirst(2), radix: radix)) : nil
    }
    word.takeSign()
    let startsWithZero = word.rest.first == UInt8(ascii: "0")
    let count = word.digits()
    guard count == 1 || (count > 1 && !startsWithZero) else { return nil }
    if word.isAtEnd { return .integer(Int(plain)) }
    if word.take("."), word.digits() == 0 { return nil }
    if word.take("e") || word.take("E") {
      word.takeSign()
      if word.digits() == 0 { return nil }
    }
    return word.isAtEnd ? Double(plain).map { .real($0) } : nil
  }

  /// Whether `text` is a date, a time or both, as RFC 3339 has them.
  static func isDate(_ text: String) -> Bool {
    var word = TOMLWord(text)
    if word.time(), word.isAtEnd { return true }
    word = TOMLWord(text)
    guard word.date() else { return false }
    if word.isAtEnd { return true }
    guard word.take("T") || word.take("t") || word.take(" "), word.time() else { return false }
    if word.isAtEnd { return true }
    if !word.take("Z"), !word.take("z") {
      guard word.takeSign(), word.hourAndMinute() else { return false }
    }
    return word.isAtEnd
  }

  private mutating func date() -> Bool {
    guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
      (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  private mutating func time() -> Bool {
    // A minute may have a leap second.
    guard hourAndMinute(), take(":"), let second = number(2), second <= 60 else { return false }
    return take(".") ? number(1) != nil && skipDigits() : true
  }

  private mutating func hourAndMinute() -> Bool {
    guard let hour = number(2), take(":"), let minute = number(2) else { return false }
    return hour <= 23 && minute <= 59
  }

  // MARK: Bytes

  private var isAtEnd: Bool { rest.isEmpty }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: byte) else { return false }
    rest = rest.dropFirst()
    return true
  }

  @discardableResult
  private mutating func takeSign() -> Bool { take("+") || take("-") }

  /// Goes beyond digits, between which single underscores may stand; returns how many digits there were, 0 when an
  /// underscore stands elsewhere.
  private mutating func digits(radix: Int = 10) -> Int {
    var (count, isDigitBefore) = (0, false)
    while let byte = rest.first {
      let isDigit = Character(UnicodeScalar(byte)).hexDigitValue.map { $0 < radix } ?? false
      guard isDigit || (byte == UInt8(ascii: "_") && isDigitBefore) else { break }
      count += isDigit ? 1 : 0
      isDigitBefore = isDigit
      rest = rest.dropFirst()
    }
    return isDigitBefore ? count : 0
  }

  /// A number of exactly so many digits.
  private mutating func number(_ count: Int) -> Int? {
    var number = 0
    for _ in 0..<count {
      guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
      rest = rest.dropFirst()
    }
    return number
  }

  private mutating func skipDigits() -> Bool {
    rest = rest.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return true
  }
}
