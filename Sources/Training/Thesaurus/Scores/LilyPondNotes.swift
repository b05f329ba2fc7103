// The notes of a line as LilyPond input.
import Music

/// Cells with their clefs, octave signs, accidentals and the places where a system may end.
enum LilyPondNotes {
  /// The music between the braces of a staff.
  ///
  /// - Parameters:
  ///   - isWhole: the line was not shortened; else it ends without a bar line.
  ///   - breaks: a line of the score may end after each cell; else it never ends before the last note.
  static func text(_ line: PatternLine, isWhole: Bool = true, breaks: Bool = true) -> String {
    let cells = line.written
    var words = ["\\cadenzaOn"]
    var register: StaffRegister?
    // What was last written on each staff step: a natural shows its sign within two cells of a sharp or a flat.
    var accidentals: [Int: (accidental: Int, cell: Int)] = [:]
    for (place, next) in StaffRegister.plan(cells).enumerated() {
      if next.isTreble != register?.isTreble { words.append("\\clef \(next.isTreble ? "treble" : "bass")") }
      if next.octaves != register?.octaves ?? 0 { words.append("\\ottava #\(next.octaves)") }
      register = next
      for (tone, written) in zip(line.cells[place], cells[place]) {
        let last = accidentals[written.step]
        let isCancelled = written.accidental == 0 && last.map { $0.accidental != 0 && $0.cell + 2 >= place } ?? false
        words.append((tone.isPrincipal ? "\\open " : "") + name(written) + (isCancelled ? "!4" : "4"))
        accidentals[written.step] = (written.accidental, place)
      }
      if place == cells.count - 1 {
        words.append(isWhole ? "\\bar \"|.\"" : "\\bar \"\"")
      } else if place + 1 == line.turn {
        words.append("\\bar \"||\"" + (breaks ? "" : " \\noBreak"))
      } else if breaks {
        words.append("\\bar \"\"")
      }
    }
    return words.joined(separator: " ")
  }

  /// A pitch in Dutch note names, LilyPond's own: "ees'" is the E flat above middle C.
  static func name(_ pitch: WrittenPitch) -> String {
    let accidental = pitch.accidental == 0 ? "" : pitch.accidental > 0 ? "is" : "es"
    let octave = pitch.octave - 3
    return pitch.letterName.lowercased() + accidental + String(repeating: octave < 0 ? "," : "'", count: abs(octave))
  }
}
