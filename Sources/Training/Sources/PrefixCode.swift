// Canonical prefix codes, as deflated data use them.

/// A code as a table: the next bits of the input, lowest first, lead to a symbol and the length of its code
/// (RFC 1951, section 3.2.2).
struct PrefixCode {
  /// No code is longer.
  static let longest = 15

  /// Symbol × 16 + length for each value of the next bits; 0 where no symbol begins so.
  let table: [UInt16]
  /// The bits that choose a place in the table.
  let mask: UInt64

  /// The code whose symbol n has `lengths[n]` bits, none where it is 0.
  ///
  /// - Throws: `Inflation.Damage` when there are more codes of a length than fit.
  init(lengths: [UInt8]) throws(Inflation.Damage) {
    var left = 1
    for length in 1...Self.longest {
      left = left * 2 - lengths.count { $0 == length }
      guard left >= 0 else { throw Inflation.Damage() }
    }
    self.init(sound: lengths)
  }

  /// The code of lengths that are known to fit.
  init(sound lengths: [UInt8]) {
    let width = Int(lengths.max() ?? 0)
    var table = [UInt16](repeating: 0, count: 1 << width)
    var code = 0
    for length in stride(from: 1, through: width, by: 1) {
      for (symbol, itsLength) in lengths.enumerated() where Int(itsLength) == length {
        // Codes are stored with their highest bit first, all else with the lowest first.
        var start = 0
        for bit in 0..<length where code >> bit & 1 == 1 { start |= 1 << (length - 1 - bit) }
        for place in stride(from: start, to: table.count, by: 1 << length) {
          table[place] = UInt16(symbol << 4 | length)
        }
        code += 1
      }
      code <<= 1
    }
    self.table = table
    mask = UInt64(table.count - 1)
  }
}
