// Reads a style from TOML.

import Foundation
import Improviser

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
    let file: TOMLText
    do throws(TOMLText.Problem) {
      file = try TOMLText(text)
    } catch {
      throw .line(path: path, line: error.line, column: error.column, reason: error.reason)
    }
    var summary = firstComment(text)
    var values: [(name: String, text: String)] = []
    var settings = AnswerSettings()
    for (key, item) in file.contents.sorted(by: { file.line(of: [$0.key]) < file.line(of: [$1.key]) }) {
      if key == "summary", case .text(let words) = item {
        summary = words.split(whereSeparator: \.isNewline).joined(separator: " ")
        continue
      }
      do throws(SettingError) {
        let value = item.word ?? ""
        try settings.set(name: key, text: value)
        values.append((key.lowercased(), value))
      } catch {
        throw .line(path: path, line: file.line(of: [key]), column: nil, reason: error.description)
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
}
