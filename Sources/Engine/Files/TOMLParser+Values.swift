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
    let (text, end) = (String(decoding: bytes[start..<index], as: UTF8.self), index)
    // Problems are shown where the word begins.
    index = start
    let item = try item(text)
    index = end
    return item
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

  private func item(_ text: String) throws(TOMLText.Problem) -> TOMLItem {
    switch text {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "": throw problem("\(shown) stands where a value should stand; texts stand in quotation marks.")
    default: break
    }
    // No number that anybody writes is longer, and long ones would cost time.
    guard text.utf8.count <= 100 else { throw problem("A number is too long; write at most 100 digits.") }
    switch TOMLWord.number(text) {
    case .integer(let number?): return .integer(number)
    case .integer(nil): throw problem("The number does not fit into 64 bits; write a smaller one.")
    case .real(let number): return .real(number)
    case nil: break
    }
    if TOMLWord.isDate(text) { return .date }
    throw problem("\"\(text.prefix(60))\" is neither a number nor true or false; texts stand in quotation marks.")
  }
}
