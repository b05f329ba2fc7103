// The picture that `antiphon watch` draws of a readout: text in, text out.

import Music

/// Draws a readout for a terminal. A pure function: the same readout, width and colours give the same lines.
public enum WatchView {
  /// Rows of the chroma bars where there is room, and of everything else.
  private static let barHeight = 6
  private static let otherRows = 11
  /// Rows of the dialogue, when the daemon answers.
  private static let dialogueRows = 3
  /// Level in dB at the left end of the meter.
  private static let quietest = -60.0

  /// The picture, each line at most `width` columns. Their number depends on the size only, so that they can be
  /// redrawn in place.
  ///
  /// - Parameter height: rows of the terminal; in a low one the chroma bars are shorter.
  /// - Parameter colours: whether to use the terminal's codes for bold and colour.
  public static func lines(_ readout: Readout, width: Int, height: Int = 24, colours: Bool) -> [String] {
    var lines = title(readout, width: width)
    lines.append(others(readout))
    lines.append(StyledLine())
    let fixedRows = otherRows + (readout.dialogue == nil ? 0 : dialogueRows)
    lines += chroma(readout, width: width, rows: max(1, min(barHeight, height - 1 - fixedRows)))
    lines += [tuning(readout, width: width), level(readout, width: width)] + input(readout, width: width)
    lines += readout.dialogue.map { dialogue($0, readout.scale?.scale) } ?? []
    return lines.map { $0.rendered(width: width, colours: colours) }
  }

  /// The scale in big letters, its family and the confidence beside them.
  private static func title(_ readout: Readout, width: Int) -> [StyledLine] {
    let parts = (readout.scale?.name ?? "- no scale").split(separator: " ", maxSplits: 1).map(String.init)
    let tonic = parts.first ?? ""
    let isHeard = readout.scale != nil
    let style = isHeard ? TextStyle.accent : .dim
    let isWide = width >= 36
    let big = BigNote.lines(tonic)
    var result = (0..<3).map { isWide ? StyledLine("  " + big[$0] + "  ", style) : StyledLine("  ") }
    let family = parts.count > 1 ? parts[1] : ""
    result[1].add(isWide || !isHeard ? family : "\(tonic) \(family)", isHeard ? .strong : .dim)
    result[1].add(readout.patternText, .accent)
    guard readout.input.isActive && readout.hasEvidence else { return result }
    let bar = Meter.bar(readout.confidence, width: max(4, min(30, width - result[2].width - 7)))
    result[2].add(bar.filled, isHeard ? .accent : .dim)
    result[2].add(bar.rest, .dim)
    result[2].add(" " + percent(readout.confidence), .strong)
    return result
  }

  /// The next two candidates.
  private static func others(_ readout: Readout) -> StyledLine {
    var line = StyledLine("  ")
    let shown = readout.scale?.name ?? "no scale"
    let others = readout.input.isActive ? readout.candidates.filter { $0.scale.name != shown }.prefix(2) : []
    for (index, candidate) in others.enumerated() {
      line.add(index == 0 ? "or " : "  ·  ", .dim)
      line.add("\(candidate.scale.name) \(percent(candidate.confidence))")
    }
    return line
  }

  /// Twelve bars, the notes' names and a mark below those of the scale.
  private static func chroma(_ readout: Readout, width: Int, rows: Int) -> [StyledLine] {
    let column = min(6, (width - 2) / 12)
    guard column >= 2 else { return [] }
    let notes = NoteNames(readout.scale?.scale)
    let bars = (0..<12).map { Meter.column(readout.chroma[$0], height: rows) }
    let style = { (note: Int) -> TextStyle in notes.isInScale[note] ? .accent : notes.hasScale ? .dim : .plain }
    var lines = (0..<rows).map { row in
      var line = StyledLine("  ")
      for note in 0..<12 {
        line.add(String(repeating: bars[note][row], count: column - 1), style(note))
        line.add(" ")
      }
      return line
    }
    var names = StyledLine("  ")
    var marks = StyledLine("  ")
    for note in 0..<12 {
      // With two columns a name like C♯ takes both.
      let place = max(2, column - 1)
      names.add(notes.names[note].centred(in: place).padded(to: column), style(note))
      let mark = note == notes.tonic ? "●" : notes.isInScale[note] ? "•" : ""
      marks.add(mark.centred(in: place).padded(to: column), style(note))
    }
    lines += [names, marks]
    return lines
  }

  private static func tuning(_ readout: Readout, width: Int) -> StyledLine {
    var line = StyledLine("  tuning  ")
    let cents = Int(readout.tuningCents.rounded())
    line.add(Meter.needle(readout.tuningCents / 50, width: meterWidth(width)))
    line.add("  \(cents > 0 ? "+" : "")\(cents) cents", .strong)
    return line
  }

  private static func level(_ readout: Readout, width: Int) -> StyledLine {
    var line = StyledLine("  level   ")
    let bar = Meter.bar(1 - readout.levelDB / quietest, width: meterWidth(width))
    let isNearClipping = readout.levelDB > -6
    line.add(bar.filled, isNearClipping ? .warning : .plain)
    line.add(bar.rest, .dim)
    line.add("  \(Int(readout.levelDB.rounded())) dB", .strong)
    return line
  }

  /// Two lines, for a sentence with a remedy seldom fits into one.
  private static func input(_ readout: Readout, width: Int) -> [StyledLine] {
    let input = readout.input
    let style = input.isActive && input.message == nil ? TextStyle.plain : .warning
    var lines = [StyledLine("  input   "), StyledLine("          ")]
    var row = 0
    for word in input.sentence.split(separator: " ") {
      let isFull = lines[row].width > 10 && lines[row].width + word.count + 1 > width
      if isFull && row == 0 { row = 1 }
      lines[row].add((lines[row].width > 10 ? " " : "") + word, style)
    }
    return lines
  }

  /// Who plays, what is going on, and the last notes of both sides.
  private static func dialogue(_ dialogue: DialogueSummary, _ heard: Scale?) -> [StyledLine] {
    let isSilent = dialogue.keyboards.isEmpty || dialogue.message != nil
    var keys = StyledLine("  keys    ")
    keys.add(dialogue.keyboardText, isSilent ? .warning : .plain)
    var state = StyledLine("  \(dialogue.mode.padded(to: 8))")
    state.add(dialogue.stateText, dialogue.state == "answering" ? .accent : .strong)
    state.add("  \(dialogue.choiceText)", .dim)
    let names = NoteNames(dialogue.scale?.scale ?? heard)
    var notes = StyledLine("  notes   ")
    notes.add(names.text(pitches: dialogue.lastPlayed))
    if !dialogue.lastAnswered.isEmpty {
      notes.add("  ▸ ", .dim)
      notes.add(names.text(pitches: dialogue.lastAnswered), .accent)
    }
    return [keys, state, notes]
  }

  private static func meterWidth(_ width: Int) -> Int { max(3, min(41, width - 22)) }
  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
