// Reads TOML 1.0: keys, tables and lists of tables.

/// From a text to its tables, with the line of every key. It never traps, recurses no deeper than `deepest` and takes a
/// time that grows with the length alone, whatever the text is; a library in C++ that ends the process at `[[[` is not
/// for a daemon. Specification: https://toml.io/en/v1.0.0
struct TOMLParser {
  /// Tables and lists within each other, at the most.
  static let deepest = 16

  /// The tables that were read.
  let root = TOMLTable()
  /// The line of each key and table by its path.
  private(set) var lines: [[String]: Int] = [:]
  let bytes: [UInt8]
  var index = 0
  private(set) var line = 1
  private var lineStart = 0

  /// Reads `text` from its begin to its end.
  init(_ text: String) throws(TOMLText.Problem) {
    bytes = Array(text.utf8)
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: byteOrderMark) { index = byteOrderMark.count }
    var table = root
    var path: [String] = []
    while true {
      skipBlanks()
      if current == UInt8(ascii: "[") {
        (table, path) = try header()
      } else if let byte = current, byte != UInt8(ascii: "#"), !isAtLineEnd {
        let start = line
        let key = try key()
        note(path + key, start)
        try assign(key, in: table, depth: path.count)
      }
      guard try endLine() else { return }
    }
  }

  // MARK: Bytes

  /// The byte that comes next; nil at the end.
  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Whether these bytes come next.
  func comes(_ text: StaticString) -> Bool {
    index + text.utf8CodeUnitCount <= bytes.count
      && (0..<text.utf8CodeUnitCount).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
  }

  private var isAtLineEnd: Bool { comes("\n") || comes("\r\n") }

  /// Goes to the next line when one ends here.
  mutating func takeLineEnd() -> Bool {
    guard isAtLineEnd else { return false }
    index += comes("\r\n") ? 2 : 1
    line += 1
    lineStart = index
    return true
  }

  /// Goes beyond spaces and tabs.
  mutating func skipBlanks() {
    while let byte = current, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
  }

  /// Goes beyond a comment, if there is one.
  mutating func skipComment() throws(TOMLText.Problem) {
    guard current == UInt8(ascii: "#") else { return }
    while let byte = current, !isAtLineEnd {
      guard !Self.isControl(byte) else { throw problem("A character that cannot be printed stands here; remove it.") }
      index += 1
    }
  }

  /// Goes beyond the end of a line, where nothing but a comment may stand; false at the end of the text.
  private mutating func endLine() throws(TOMLText.Problem) -> Bool {
    skipBlanks()
    try skipComment()
    if takeLineEnd() { return true }
    guard current == nil else { throw problem("\(shown) cannot stand here; begin a new line, or write # before it.") }
    return false
  }

  /// Characters that may not stand in a text as they are.
  static func isControl(_ byte: UInt8) -> Bool { (byte < 32 && byte != UInt8(ascii: "\t")) || byte == 127 }

  /// What comes next, for a message.
  var shown: String {
    guard let byte = current, !isAtLineEnd else { return "The end of the line" }
    if Self.isControl(byte) { return "A character that cannot be printed" }
    let character = String(decoding: bytes[index..<min(bytes.count, index + 32)], as: UTF8.self).first
    return "\"\(character.map { String($0.unicodeScalars.prefix(4).map(Character.init)) } ?? "")\""
  }

  /// A problem at this place.
  func problem(_ reason: String) -> TOMLText.Problem {
    let column = bytes[min(lineStart, bytes.count)..<min(index, bytes.count)].count { $0 & 0xC0 != 0x80 } + 1
    return TOMLText.Problem(line: line, column: column, reason: reason)
  }

  // MARK: Keys and tables

  private mutating func note(_ path: [String], _ line: Int) {
    for count in 0..<path.count where lines[Array(path.prefix(count + 1))] == nil {
      lines[Array(path.prefix(count + 1))] = line
    }
  }

  /// `a."b c".d`: at least one part.
  mutating func key() throws(TOMLText.Problem) -> [String] {
    var parts: [String] = []
    while true {
      skipBlanks()
      guard let byte = current else { throw problem("The text ends where a name should stand.") }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard !comes("\"\"\""), !comes("'''") else { throw problem("A name cannot have several lines; use one mark.") }
        parts.append(try string())
      } else {
        let start = index
        while let byte = current, Self.isBare(byte) { index += 1 }
        guard index > start else { throw problem("\(shown) stands where a name should stand, such as temperature.") }
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
      }
      guard parts.count <= Self.deepest else { throw tooDeep }
      skipBlanks()
      guard current == UInt8(ascii: ".") else { return parts }
      index += 1
    }
  }

  var tooDeep: TOMLText.Problem { problem("Tables stand too deep within each other; use at most \(Self.deepest).") }

  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// `[a.b]` or `[[a.b]]`: the table that the next lines fill.
  private mutating func header() throws(TOMLText.Problem) -> (TOMLTable, [String]) {
    let start = line
    let isList = comes("[[")
    index += isList ? 2 : 1
    let path = try key()
    guard isList ? comes("]]") : comes("]") else {
      throw problem("\(shown) stands where the name of a table should be closed with \(isList ? "]]" : "]").")
    }
    index += isList ? 2 : 1
    note(path, start)
    guard let table = isList ? root.append(path) : root.define(path) else {
      throw problem("\(TOMLTable.text(path)) stands twice, first in line \(lines[path] ?? 1); remove one.")
    }
    return (table, path)
  }

  /// `= value`, after the key.
  mutating func assign(_ key: [String], in table: TOMLTable, depth: Int) throws(TOMLText.Problem) {
    guard current == UInt8(ascii: "=") else { throw problem("\(shown) stands where = and a value should follow.") }
    guard depth + key.count <= Self.deepest else { throw tooDeep }
    guard table.isFree(key) else { throw problem("\(TOMLTable.text(key)) is set twice; remove one.") }
    index += 1
    skipBlanks()
    table.set(key, try value(depth: depth + key.count))
  }
}
