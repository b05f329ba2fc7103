// Reads a style from TOML.

import Foundation
import Improviser
import TOMLKit

/// From the text of a style file to a `Style`. Every name and value is checked here, so that choosing it cannot fail.
///
/// A file holds `summary` (a text; else the comment on the first line is it) and any of the settings by name, for
/// instance `temperature = 1.2`, `thru = true`, `mode = "answer"`, `scale = "D dorian"`.
enum StyleReader {
  /// A file above this many bytes is no style.
  static let largestFile = 65_536

  /// Reads the file at `path`.
  static func style(path: String) throws(StyleError) -> Style {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let text = try SmallTextFile.read(path, limit: largestFile) { StyleError.unreadable(path: path, reason: $0) }
    return try style(text, name: name, path: path)
  }

  /// Reads the text of a file; `path` stands in errors.
  static func style(_ text: String, name: String, path: String) throws(StyleError) -> Style {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let begin = error.source.begin
      throw .line(path: path, line: begin.line, column: begin.column, reason: error.description)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    var summary = firstComment(text)
    var values: [(name: String, text: String)] = []
    var settings = AnswerSettings()
    for key in table.keys {
      if key == "summary", let words = table[key]?.string {
        summary = words.split(whereSeparator: \.isNewline).joined(separator: " ")
        continue
      }
      do throws(SettingError) {
        let value = table[key].flatMap(text(of:)) ?? ""
        try settings.set(name: key, text: value)
        values.append((key.lowercased(), value))
      } catch {
        throw .line(path: path, line: line(of: key, in: text), column: nil, reason: error.description)
      }
    }
    return Style(name: name, summary: summary, values: values.sorted { $0.name < $1.name })
  }

  /// The comment on the first line, without the style's name: "# Style "creative": wider choice." says "wider choice."
  private static func firstComment(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    guard line.hasPrefix("#") else { return "" }
    let words = line.drop { $0 == "#" || $0 == " " }
    guard words.hasPrefix("Style \""), let colon = words.firstIndex(of: ":") else { return String(words) }
    return String(words[colon...].drop { $0 == ":" || $0 == " " })
  }

  /// A value as `AnswerSettings` reads it; nil for tables, lists and dates.
  private static func text(of value: any TOMLValueConvertible) -> String? {
    if let text = value.string { return text }
    if let isOn = value.bool { return isOn ? "1" : "0" }
    if let number = value.int { return "\(number)" }
    return value.double.map { "\($0)" }
  }

  /// The line on which `key` is set, from 1; the parser keeps no places of what it has understood.
  private static func line(of key: String, in text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let index = lines.firstIndex { line in
      let written = line.prefix { $0 != "=" && $0 != "]" }.filter { !"[\"' \t".contains($0) }
      return written == key || written.hasPrefix(key + ".")
    }
    return (index ?? 0) + 1
  }
}
