// Scores of patterns as MusicXML.
import Music

/// Writes a partwise score of MusicXML 4.0 with one part: a measure for each cell, without visible metre and bar lines;
/// each pattern begins a new system, and its principal tones have open heads.
public enum MusicXMLWriter {
  /// The whole file.
  public static func text(_ score: PatternScore) -> String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>",
      "<!DOCTYPE score-partwise PUBLIC \"-//Recordare//DTD MusicXML 4.0 Partwise//EN\" "
        + "\"http://www.musicxml.org/dtds/partwise.dtd\">",
      "<score-partwise version=\"4.0\">",
    ]
    if !score.title.isEmpty { lines.append("  <work><work-title>\(escaped(score.title))</work-title></work>") }
    lines += [
      "  <identification><encoding><software>Antiphon</software></encoding></identification>",
      "  <part-list>",
      "    <score-part id=\"P1\"><part-name print-object=\"no\">Patterns</part-name></score-part>",
      "  </part-list>",
      "  <part id=\"P1\">",
    ]
    var number = 0
    for entry in score.entries { lines += measures(entry, score.direction, after: &number) }
    // A part holds at least one measure.
    if number == 0 { lines.append("    <measure number=\"1\"/>") }
    return (lines + ["  </part>", "</score-partwise>"]).joined(separator: "\n") + "\n"
  }

  private static func measures(
    _ entry: PatternEntry, _ direction: PatternDirection, after number: inout Int
  ) -> [String] {
    let line = PatternLine(entry, direction)
    let written = line.written
    let registers = StaffRegister.plan(written)
    var lines: [String] = []
    for (place, cell) in line.cells.enumerated() {
      number += 1
      lines.append("    <measure number=\"\(number)\">")
      if place == 0, number > 1 { lines.append("      <print new-system=\"yes\"/>") }
      let isFirst = place == 0
      let isNewLength = isFirst || cell.count != line.cells[place - 1].count
      let isNewRegister = isFirst || registers[place] != registers[place - 1]
      if isNewLength || isNewRegister {
        lines.append("      <attributes>")
        if isFirst { lines.append("        <divisions>1</divisions><key><fifths>0</fifths></key>") }
        if isNewLength {
          lines.append(
            "        <time print-object=\"no\"><beats>\(cell.count)</beats><beat-type>4</beat-type></time>")
        }
        if isNewRegister { lines.append("        \(clef(registers[place]))") }
        lines.append("      </attributes>")
      }
      if isFirst {
        for words in [entry.label, entry.caption] where !words.isEmpty { lines.append("      \(remark(words))") }
      }
      lines += zip(cell, written[place]).map { "      \(note($1, isPrincipal: $0.isPrincipal))" }
      let style =
        place == line.cells.count - 1 ? "light-heavy" : place + 1 == line.turn ? "light-light" : "none"
      lines.append("      <barline location=\"right\"><bar-style>\(style)</bar-style></barline>")
      lines.append("    </measure>")
    }
    return lines
  }

  private static func remark(_ words: String) -> String {
    "<direction placement=\"above\"><direction-type><words>\(escaped(words))</words></direction-type></direction>"
  }

  private static func clef(_ register: StaffRegister) -> String {
    let (sign, line) = register.isTreble ? ("G", 2) : ("F", 4)
    let change = register.octaves == 0 ? "" : "<clef-octave-change>\(register.octaves)</clef-octave-change>"
    return "<clef><sign>\(sign)</sign><line>\(line)</line>\(change)</clef>"
  }

  private static func note(_ pitch: WrittenPitch, isPrincipal: Bool) -> String {
    let alter = pitch.accidental == 0 ? "" : "<alter>\(pitch.accidental)</alter>"
    let sign = pitch.accidental == 0 ? "" : "<accidental>\(pitch.accidental > 0 ? "sharp" : "flat")</accidental>"
    return "<note><pitch><step>\(pitch.letterName)</step>\(alter)<octave>\(pitch.octave)</octave></pitch>"
      + "<duration>1</duration><voice>1</voice><type>quarter</type>\(sign)<stem>none</stem>"
      + "<notehead filled=\"\(isPrincipal ? "no" : "yes")\">normal</notehead></note>"
  }

  /// `text` for an element: no markup, and none of the characters that XML forbids.
  static func escaped(_ text: String) -> String {
    let parts = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\u{FFFE}", "\u{FFFF}": ""
      default: scalar.properties.generalCategory == .control ? " " : String(scalar)
      }
    }
    return parts.joined()
  }
}
