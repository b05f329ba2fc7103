// Reads TOML 1.0: values.

extension TOMLParser {
  /// A value of any kind.
  mutating func value(depth: Int) throws(TOMLText.Problem) -> TOMLItem {
    guard depth <= Self.deepest else { throw tooDeep }
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try string())
    case UInt8(ascii: "["): return .list(try list(depth: depth + 1))
    case UInt8(ascii: "{"): return .table(try inlineTable(depth: depth + 1))
    default: return try word()
    }
  }

  /// `[1, 2]`, over any number of lines.
  private mutating func list(depth: Int) throws(TOMLText.Problem) -> [TOMLItem] {
    var items: [TOMLItem] = []
    index += 1
    while true {
      try skipLines()
      if current == UInt8(ascii: "]") { break }
      items.append(try value(depth: depth))
      try skipLines()
      if current == UInt8(ascii: "]") { break }
      guard current == UInt8(ascii: ",") else { throw problem("\(shown) stands where , or ] should follow a value.") }
      index += 1
    }
    index += 1
    return items
  }

  private mutating func skipLines() throws(TOMLText.Problem) {
    repeat {
      skipBlanks()
      try skipComment()
    } while takeLineEnd()
  }

  /// `{ a = 1, b.c = 2 }`, on one line.
  private mutating func inlineTable(depth: Int) throws(TOMLText.Problem) -> [String: TOMLItem] {
    let table = TOMLTable()
    index += 1
    skipBlanks()
    while current != UInt8(ascii: "}") {
      try assign(try key(), in: table, depth: depth)
      skipBlanks()
      if current == UInt8(ascii: "}") { break }
      guard current == UInt8(ascii: ",") else { throw problem("\(shown) stands where , or } should follow a value.") }
      index += 1
      skipBlanks()
      guard current != UInt8(ascii: "}") else { throw problem("A name should follow the comma; remove the comma.") }
    }
    index += 1
    return table.contents
  }

  /// A number, a switch or a date.
  private mutating func word() throws(TOMLText.Problem) -> TOMLItem {
    let start = index
    takeWord()
    // A date and a time may have a space between them.
    if index == start + 10, current == UInt8(ascii: " "), bytes[start + 4] == UInt8(ascii: "-"),
      index + 3 < bytes.count, bytes[index + 3] == UInt8(ascii: ":")
    {
      index += 1
      takeWord()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    switch text {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "":
      throw problem("\(shown) stands where a value should stand; texts stand in quotation marks.")
    default: break
    }
    if let item = try number(text) { return item }
    let end = index
    index = start
    defer { index = end }
    throw problem("\"\(text.prefix(60))\" is neither a number nor true or false; texts stand in quotation marks.")
  }

  private mutating func takeWord() {
    while let byte = current {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"),
        UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        index += 1
      default: return
      }
    }
  }

  /// A number or a date; nil for anything else.
  private func number(_ text: String) throws(TOMLText.Problem) -> TOMLItem? {
    switch text {
    case "inf", "+inf": return .real(.infinity)
    case "-inf": return .real(-.infinity)
    case "nan", "+nan", "-nan": return .real(.nan)
    default: break
    }
    // The usual case, without the price of the expressions below.
    let digits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if digits, text.utf8.count <= 18, text.utf8.first != UInt8(ascii: "0"), let number = Int(text) {
      return .integer(number)
    }
    // No number that anybody writes is longer, and long ones would cost time.
    guard text.utf8.count <= 100 else { throw problem("A number is too long; write at most 100 digits.") }
    let plain = text.filter { $0 != "_" }
    if text.wholeMatch(of: /[+\-]?(0|[1-9](_?[0-9])*)/) != nil { return try integer(Int(plain)) }
    let rest = plain.dropFirst(2)
    if text.wholeMatch(of: /0x[0-9A-Fa-f](_?[0-9A-Fa-f])*/) != nil { return try integer(Int(rest, radix: 16)) }
    if text.wholeMatch(of: /0o[0-7](_?[0-7])*/) != nil { return try integer(Int(rest, radix: 8)) }
    if text.wholeMatch(of: /0b[01](_?[01])*/) != nil { return try integer(Int(rest, radix: 2)) }
    let real = /[+\-]?(0|[1-9](_?[0-9])*)(\.[0-9](_?[0-9])*)?([eE][+\-]?[0-9](_?[0-9])*)?/
    if text.wholeMatch(of: real) != nil { return Double(plain).map { .real($0) } }
    let time = /[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?/
    if text.wholeMatch(of: time) != nil { return .date }
    let date = /[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+\-][0-9]{2}:[0-9]{2})?)?/
    return text.wholeMatch(of: date) == nil ? nil : .date
  }

  private func integer(_ number: Int?) throws(TOMLText.Problem) -> TOMLItem {
    guard let number else { throw problem("The number does not fit into 64 bits; write a smaller one.") }
    return .integer(number)
  }
}
