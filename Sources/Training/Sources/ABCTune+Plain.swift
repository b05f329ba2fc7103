// Tunes as they are written, without what a player adds.

extension ABCTune {
  /// The tune without grace notes, rolls and trills, which a converter would spell out as many short notes, and at 120
  /// quarters a minute throughout, so that seconds tell note values.
  var plain: ABCTune {
    var tune = self
    tune.lines = lines.compactMap { line in
      if line.hasPrefix("Q:") { return nil }
      if line.hasPrefix("K:") { return line }
      guard !Self.isField(line), !line.hasPrefix("%") else { return line }
      return Substring(Self.withoutOrnaments(line))
    }
    // The tempo stands before the key, which ends the header.
    if let key = tune.lines.firstIndex(where: { $0.hasPrefix("K:") }) {
      tune.lines.insert("Q:1/4=120", at: key)
    }
    return tune
  }

  /// True for an information field such as "M:6/8".
  private static func isField(_ line: Substring) -> Bool {
    guard let first = line.first, first.isASCII, first.isLetter else { return false }
    return line.dropFirst().first == ":" && line.dropFirst(2).first != "|"
  }

  private static func withoutOrnaments(_ line: Substring) -> String {
    var plain = ""
    var closing: Character?
    var decoration = ""
    for character in line {
      if let end = closing {
        decoration.append(character)
        guard character == end else { continue }
        if end == "\"" || end == "]" || end == "!" && !isOrnament(decoration) { plain += decoration }
        if end == "]", decoration.hasPrefix("[Q:") { plain.removeLast(decoration.count) }
        (closing, decoration) = (nil, "")
        continue
      }
      switch character {
      case "{": (closing, decoration) = ("}", "{")
      case "\"": (closing, decoration) = ("\"", "\"")
      case "!": (closing, decoration) = ("!", "!")
      case "~", "T", "P": break
      case ":" where plain.last?.isLetter == true && plain.dropLast().last == "[":
        // An inline field, "[M:3/4]", is kept as it is.
        decoration = String(plain.suffix(2)) + ":"
        plain.removeLast(2)
        closing = "]"
      default: plain.append(character)
      }
    }
    // A brace or a quote that never closes is the line's own affair.
    return closing == nil ? plain : plain + decoration
  }

  private static func isOrnament(_ decoration: String) -> Bool {
    ["!trill!", "!roll!", "!mordent!", "!turn!", "!uppermordent!", "!lowermordent!", "!pralltriller!"]
      .contains(decoration)
  }
}
