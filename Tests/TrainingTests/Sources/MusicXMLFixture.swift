// Small MusicXML scores for the tests.

import Foundation

/// A score of parts, each the text of its measures.
func musicXML(parts: [String]) -> Data {
  let body = parts.enumerated().map { "<part id=\"P\($0)\">\($1)</part>" }.joined()
  return Data("<?xml version=\"1.0\"?><score-partwise version=\"4.0\">\(body)</score-partwise>".utf8)
}

/// A measure with the given attributes and content.
func measure(divisions: Int? = nil, fifths: Int? = nil, _ content: String) -> String {
  let first = divisions.map { "<divisions>\($0)</divisions>" } ?? ""
  let key = fifths.map { "<key><fifths>\($0)</fifths></key>" } ?? ""
  return "<measure><attributes>\(first)\(key)</attributes>\(content)</measure>"
}

/// A note such as "C4" or "F#3"; `extra` stands before the pitch, `tie` after the duration.
func note(_ name: String, _ duration: Int, extra: String = "", ties: [String] = []) -> String {
  let alter = name.contains("#") ? "<alter>1</alter>" : name.contains("b") ? "<alter>-1</alter>" : ""
  let pitch = "<pitch><step>\(name.prefix(1))</step>\(alter)<octave>\(name.suffix(1))</octave></pitch>"
  let tie = ties.map { "<tie type=\"\($0)\"/>" }.joined()
  return "<note>\(extra)\(pitch)<duration>\(duration)</duration>\(tie)</note>"
}
