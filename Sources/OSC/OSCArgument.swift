// The values that an OSC message carries.

/// One argument. Covers OSC 1.0 and its usual extensions but arrays.
public enum OSCArgument: Hashable, Sendable {
  /// `i`
  case int(Int32)
  /// `f`; may be infinite or no number, whoever uses it looks.
  case float(Float)
  /// `s`, and `S` when read. Bytes that are no UTF-8 are replaced.
  case string(String)
  /// `b`
  case blob([UInt8])
  /// `h`
  case long(Int64)
  /// `d`
  case double(Double)
  /// `t`
  case timeTag(OSCTimeTag)
  /// `c`, `r` or `m`: a character, a colour or a MIDI message, as its four bytes.
  case fourBytes(tag: UInt8, UInt32)
  /// `T` or `F`
  case bool(Bool)
  /// `N`
  case null
  /// `I`
  case impulse
}

extension OSCArgument {
  /// The character in the type tag string.
  var tag: UInt8 {
    switch self {
    case .int: UInt8(ascii: "i")
    case .float: UInt8(ascii: "f")
    case .string: UInt8(ascii: "s")
    case .blob: UInt8(ascii: "b")
    case .long: UInt8(ascii: "h")
    case .double: UInt8(ascii: "d")
    case .timeTag: UInt8(ascii: "t")
    case .fourBytes(let tag, _): tag
    case .bool(let isTrue): UInt8(ascii: isTrue ? "T" : "F")
    case .null: UInt8(ascii: "N")
    case .impulse: UInt8(ascii: "I")
    }
  }

  /// Appends the argument's bytes, a multiple of four.
  func encode(to bytes: inout [UInt8]) {
    switch self {
    case .int(let value): bytes.append(bigEndian: UInt32(bitPattern: value))
    case .float(let value): bytes.append(bigEndian: value.bitPattern)
    case .string(let text): bytes.append(oscString: text.utf8)
    case .blob(let data):
      bytes.append(bigEndian: UInt32(truncatingIfNeeded: data.count))
      bytes += data
      bytes.pad()
    case .long(let value): bytes.append(bigEndian: UInt64(bitPattern: value))
    case .double(let value): bytes.append(bigEndian: value.bitPattern)
    case .timeTag(let time): bytes.append(bigEndian: time.rawValue)
    case .fourBytes(_, let value): bytes.append(bigEndian: value)
    case .bool, .null, .impulse: break
    }
  }

  /// The argument as a finite number; nil when it is none.
  var number: Double? {
    let value: Double? =
      switch self {
      case .int(let value): Double(value)
      case .long(let value): Double(value)
      case .float(let value): Double(value)
      case .double(let value): value
      case .bool(let isTrue): isTrue ? 1 : 0
      default: nil
      }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// The argument as a whole number, for programs that know floats only; nil when it is none.
  var wholeNumber: Int? { number.flatMap { Int(exactly: $0) } }

  /// The text; nil when it is none.
  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }
}

extension [UInt8] {
  /// Appends a number, its highest byte first.
  mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }

  /// Appends a text with its end and padding; a zero byte would end it early and is left out.
  mutating func append(oscString text: some Sequence<UInt8>) {
    append(contentsOf: text.lazy.filter { $0 != 0 })
    append(0)
    pad()
  }

  /// Appends zeros up to a multiple of four.
  mutating func pad() {
    while count % 4 != 0 { append(0) }
  }
}
