// Tunes in ABC notation, as text.

/// One tune of a file in ABC notation: its title, its key field and its lines.
struct ABCTune {
  /// The first title, or an empty string.
  var title: String
  /// The text of the first "C:"; nil where there is none.
  var composer: String?
  /// The text after the "K:" that ends the header; nil when there is none.
  var key: String?
  /// True when another key appears after the header.
  var changesKey: Bool
  /// All lines, without the "X:" line.
  var lines: [Substring]

  /// The tunes of a file. A tune goes from a line "X:" to a blank line; what stands outside is left out.
  static func tunes(in text: String) -> [ABCTune] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let starts = lines.indices.filter { lines[$0].hasPrefix("X:") }
    return zip(starts, starts.dropFirst() + [lines.endIndex]).map { start, end in
      ABCTune(lines: lines[(start + 1)..<end].prefix { !$0.allSatisfy(\.isWhitespace) })
    }
  }

  private init(lines: ArraySlice<Substring>) {
    let lines = Array(lines)
    self.lines = lines
    title = lines.first { $0.hasPrefix("T:") }.map { $0.dropFirst(2).trimming(while: \.isWhitespace) } ?? ""
    composer = lines.first { $0.hasPrefix("C:") }.map { $0.dropFirst(2).trimming(while: \.isWhitespace) }
      .flatMap { $0.isEmpty ? nil : $0 }
    let keyLine = lines.firstIndex { $0.hasPrefix("K:") }
    key = keyLine.map { String(lines[$0].dropFirst(2)) }
    let body = lines[(keyLine.map { $0 + 1 } ?? lines.endIndex)...]
    changesKey = body.contains { $0.hasPrefix("K:") || $0.contains("[K:") }
  }

  /// The tune numbered `number`, ready to stand in a file of several.
  func text(numbered number: Int) -> String {
    "X:\(number)\n" + lines.joined(separator: "\n") + "\n\n"
  }
}

extension Substring {
  /// The text without what `predicate` matches at either end.
  fileprivate func trimming(while predicate: (Character) -> Bool) -> String {
    var text = drop(while: predicate)
    while let last = text.last, predicate(last) { text.removeLast() }
    return String(text)
  }
}
