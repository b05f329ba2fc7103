// Comma-separated values (RFC 4180).

/// Rows and fields of a text of comma-separated values, and fields ready to be written.
enum CSVText {
  /// The rows of a text with the number of the line at which each begins, from 1. Quoted fields may hold commas,
  /// doubled quotes and line breaks; blank lines are left out.
  static func rows(_ text: some Sequence<UInt8>) -> [(line: Int, fields: [String])] {
    var rows: [(line: Int, fields: [String])] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var (line, start) = (1, 1)
    var (isQuoted, wasQuote) = (false, false)
    func endField() {
      fields.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
    }
    func endRow() {
      endField()
      if fields != [""] { rows.append((start, fields)) }
      fields = []
    }
    for byte in text {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if isQuoted {
        if byte == UInt8(ascii: "\"") { (isQuoted, wasQuote) = (false, true) } else { field.append(byte) }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        // Two quotes in a quoted field are one quote of its text.
        if wasQuote { field.append(byte) }
        isQuoted = true
      case UInt8(ascii: ","): endField()
      case UInt8(ascii: "\r"): break
      case UInt8(ascii: "\n"):
        endRow()
        start = line
      default: field.append(byte)
      }
      wasQuote = false
    }
    if !field.isEmpty || !fields.isEmpty { endRow() }
    return rows
  }

  /// A field of a row, in quotes where it needs them.
  static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }

  /// A row of text.
  static func row(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\n" }
}
