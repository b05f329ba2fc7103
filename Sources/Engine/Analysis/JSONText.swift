// Numbers and strings as JSON writes them; nothing here can print NaN.
import Foundation

/// Pieces of a JSON line. Hand-written, because the order of the keys is part of the schema.
enum JSONText {
  /// A number rounded to `places` decimals without trailing zeros; 0 for what JSON cannot say (NaN, infinity).
  static func number(_ value: Double, places: Int = 3) -> String {
    guard value.isFinite else { return "0" }
    let scale = pow(10, Double(places))
    let scaled = (value * scale).rounded()
    let rounded = scaled.isFinite ? scaled / scale : value
    if rounded == 0 { return "0" }
    if rounded == rounded.rounded(), abs(rounded) < 1e15 { return String(Int(rounded)) }
    return "\(rounded)"
  }

  /// A string in quotation marks, escaped.
  static func string(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
