// Reads TOML 1.0: strings of the four kinds.

extension TOMLParser {
  /// A string, from its first quotation mark to after its last.
  mutating func string() throws(TOMLText.Problem) -> String {
    let mark = current ?? 0
    let isBasic = mark == UInt8(ascii: "\"")
    let isLong = isBasic ? comes("\"\"\"") : comes("'''")
    index += isLong ? 3 : 1
    if isLong { _ = takeLineEnd() }
    var contents: [UInt8] = []
    while let byte = current {
      if byte == mark {
        guard isLong else {
          index += 1
          return String(decoding: contents, as: UTF8.self)
        }
        let count = bytes[index..<min(bytes.count, index + 5)].prefix { $0 == mark }.count
        index += count
        // Up to two marks may stand before the last three.
        if count >= 3 { return String(decoding: contents + Array(repeating: mark, count: count - 3), as: UTF8.self) }
        contents += Array(repeating: mark, count: count)
      } else if isLong, takeLineEnd() {
        contents.append(UInt8(ascii: "\n"))
      } else if isBasic, byte == UInt8(ascii: "\\") {
        index += 1
        if !(isLong && skipFoldedLines()) { contents += try escape() }
      } else if Self.isControl(byte) {
        throw problem("\(shown) stands in a text; close the text with the mark that it begins with.")
      } else {
        contents.append(byte)
        index += 1
      }
    }
    throw problem("The text is not closed; end it with the mark that it begins with.")
  }

  /// After a backslash at the end of a line: goes to the next thing that is no space.
  private mutating func skipFoldedLines() -> Bool {
    let start = index
    skipBlanks()
    guard takeLineEnd() else {
      index = start
      return false
    }
    repeat { skipBlanks() } while takeLineEnd()
    return true
  }

  /// What stands after a backslash.
  private mutating func escape() throws(TOMLText.Problem) -> [UInt8] {
    guard let byte = current else { throw problem("The text is not closed; end it with the mark that it begins with.") }
    index += 1
    switch byte {
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [byte]
    case UInt8(ascii: "u"): return try scalar(digits: 4)
    case UInt8(ascii: "U"): return try scalar(digits: 8)
    default: throw problem("A backslash stands for nothing here; write \\\\, or put the text in ' marks.")
    }
  }

  private mutating func scalar(digits count: Int) throws(TOMLText.Problem) -> [UInt8] {
    let digits = bytes[index..<min(bytes.count, index + count)]
    let isHex = digits.count == count && digits.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    guard isHex, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = UnicodeScalar(value)
    else {
      throw problem("No character has this number; write \\u and four hexadecimal digits.")
    }
    index += count
    return Array(String(Character(scalar)).utf8)
  }
}
