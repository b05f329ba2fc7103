// Fields of comma-separated values.
import Foundation

/// Text for CSV files.
enum TableText {
  /// A field, quoted where it must be (RFC 4180).
  static func field(_ text: String) -> String { CSVText.quoted(text) }

  /// Lines of fields that need no quotes or have them.
  static func lines(_ rows: [[String]]) -> String { rows.map { $0.joined(separator: ",") + "\n" }.joined() }

  /// Six significant digits, as "%g" prints them.
  static func number(_ value: Double) -> String { String(format: "%.6g", value) }
}
