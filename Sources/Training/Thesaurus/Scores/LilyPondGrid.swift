// A grid of patterns as LilyPond input.
import Music

/// Boxes of one size, each with a short staff: the first cells of a pattern, and its name.
enum LilyPondGrid {
  /// Millimetres.
  private static let (boxWidth, margin) = (53, 12)
  /// Notes that fit into a box with their accidentals.
  private static let notes = 11

  /// Millimetres; five boxes fill landscape A4.
  static func paperWidth(columns: Int) -> Int { max(columns * (boxWidth + 1) + 2 * margin, 100) }

  /// One markup a row.
  static func rows(_ score: PatternScore, columns: Int) -> [String] {
    stride(from: 0, to: score.entries.count, by: columns).flatMap { first -> [String] in
      let row = score.entries[first..<min(first + columns, score.entries.count)]
      return ["\\markup \\line {"] + row.map { box($0, score.direction) } + ["}"]
    }
  }

  private static func box(_ entry: PatternEntry, _ direction: PatternDirection) -> String {
    let whole = PatternLine(entry, direction)
    let line = whole.shortened(to: notes)
    let music = LilyPondNotes.text(line, isWhole: line == whole, breaks: false)
    let heads = [entry.label == entry.pattern.name ? "" : entry.label, entry.pattern.progression.rawValue]
    let first = heads.filter { !$0.isEmpty }.joined(separator: "  ")
    let second = entry.pattern.name.drop { $0 != "/" }.dropFirst()
    // A line without a remark keeps its height.
    let remark = entry.caption.isEmpty ? "\\transparent \"x\"" : LilyPondWriter.quoted(entry.caption)
    return """
        \\override #'(box-padding . 0) \\box \\pad-to-box #'(0 . 35.5) #'(-18.5 . 2.6)
        \\translate #'(0.8 . 0) \\override #'(baseline-skip . 2) \\column {
          \\fontsize #-3 \\bold \(LilyPondWriter.quoted(first))
          \\fontsize #-4 \(LilyPondWriter.quoted(String(second)))
          \\fontsize #-4 \\italic \(remark)
          \\vspace #0.4
          \\score { \\new Staff { \(music) } \\layout { indent = 0 line-width = 50\\mm #(layout-set-staff-size 12) } }
        }
      """
  }
}
