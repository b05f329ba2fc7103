// Scores of patterns as LilyPond input.
import Music

/// Writes text for LilyPond 2.22 and later: no metre and no bar lines but at the turn, principal tones as open heads.
public enum LilyPondWriter {
  /// What the score is printed on.
  public enum Paper: Sendable {
    /// Pages of A4.
    case pages
    /// One page as high as its contents.
    case picture
  }

  /// The whole file. Titles, labels and captions may hold any characters: they are quoted.
  public static func text(_ score: PatternScore, paper: Paper = .pages) -> String {
    var lines = ["\\version \"2.22.0\"", "#(set-global-staff-size 17)", header(score)]
    lines += paperBlock(score, paper)
    lines += [
      // Open heads without the spacing of longer notes.
      "open = \\once \\override NoteHead.duration-log = #1",
      "\\layout {",
      "  \\context { \\Score \\omit BarNumber \\override SpacingSpanner.uniform-stretching = ##t }",
      "  \\context { \\Staff \\omit TimeSignature \\omit Stem \\accidentalStyle forget }",
      "}",
    ]
    if case .grid(let columns) = score.layout {
      lines += LilyPondGrid.rows(score, columns: columns)
    } else {
      lines += score.entries.flatMap { staff($0, score) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `text` as a string of LilyPond, on one line.
  static func quoted(_ text: String) -> String {
    let line = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      default: scalar.properties.generalCategory == .control || scalar.properties.isWhitespace ? " " : String(scalar)
      }
    }
    return "\"" + line.joined() + "\""
  }

  private static func header(_ score: PatternScore) -> String {
    let title = score.title.isEmpty ? "" : " title = \\markup \\fontsize #-2 \(quoted(score.title))"
    let subtitle =
      score.subtitle.isEmpty ? "" : " subtitle = \\markup \\medium \\fontsize #-1 \(quoted(score.subtitle))"
    return "\\header {\(title)\(subtitle) tagline = ##f }"
  }

  private static func paperBlock(_ score: PatternScore, _ paper: Paper) -> [String] {
    var lines = ["\\paper {"]
    switch score.layout {
    case .grid(let columns):
      lines.append("  paper-width = \(LilyPondGrid.paperWidth(columns: columns))\\mm")
      lines.append("  page-breaking = #ly:one-page-breaking")
    case .sheet, .strip:
      switch paper {
      case .pages: lines.append("  #(set-paper-size \"a4\")")
      case .picture:
        lines.append("  paper-width = \(pictureWidth(score))\\mm")
        lines.append("  page-breaking = #ly:one-page-breaking")
      }
    }
    lines += [
      "  left-margin = 12\\mm right-margin = 12\\mm top-margin = 8\\mm bottom-margin = 8\\mm",
      "  indent = \(score.layout == .strip ? 16 : 0)\\mm short-indent = \(score.layout == .strip ? 16 : 0)\\mm",
      "  print-page-number = \(paper == .pages && score.layout != .strip ? "##t" : "##f")",
      "  ragged-right = ##f ragged-last = ##t ragged-bottom = ##t ragged-last-bottom = ##t",
      "  markup-system-spacing.basic-distance = #4 markup-system-spacing.padding = #1",
      "  score-markup-spacing.basic-distance = #7 score-markup-spacing.padding = #2",
      "  markup-markup-spacing.padding = #1.5 score-system-spacing.basic-distance = #10",
      "}",
    ]
    return lines
  }

  /// Millimetres: enough for the longest line and the longest words as far as they can be reckoned without their type,
  /// and at most A4.
  private static func pictureWidth(_ score: PatternScore) -> Int {
    let notes = score.entries.map { PatternLine($0, score.direction).tones.count }.max() ?? 0
    let staff = (score.layout == .strip ? 16 : 0) + 15 + notes * 5
    let words = score.entries.map { 22 * max($0.label.count, $0.pattern.name.count) / 10 + 2 * $0.caption.count + 8 }
    let titles = max(score.title.count * 3, score.subtitle.count * 2)
    return min(210, 24 + max(staff, words.max() ?? 0, titles))
  }

  private static func staff(_ entry: PatternEntry, _ score: PatternScore) -> [String] {
    let isStrip = score.layout == .strip
    let name = isStrip ? (entry.label == entry.pattern.name ? "" : entry.pattern.name) : entry.label
    let with = isStrip ? " \\with { instrumentName = \\markup \\bold \(quoted(entry.label)) }" : ""
    var header: [String] = []
    if !name.isEmpty { header.append("piece = \\markup \(isStrip ? "\\fontsize #-1" : "\\bold") \(quoted(name))") }
    if !entry.caption.isEmpty { header.append("opus = \\markup \\italic \\fontsize #-1 \(quoted(entry.caption))") }
    return [
      "\\score {",
      "  \\new Staff\(with) {",
      "    \(LilyPondNotes.text(PatternLine(entry, score.direction)))",
      "  }",
      "  \\header { \(header.joined(separator: " ")) }",
      "}",
    ]
  }
}
