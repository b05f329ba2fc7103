// Two patterns and the place between them as a user writes them.

public import Music

extension ScaleMorph {
  /// The morph between the two patterns of `words`, in which a name may be spread over several words and may have
  /// "thesaurus:" before it.
  ///
  /// - Throws: `SettingError` unless these are the names of two patterns.
  public init(tonic: PitchClass = PitchClass(wrapping: 0), names words: [String]) throws(SettingError) {
    // A name has two slashes; the first word with one ends the first name, whatever words its progression has.
    guard let last = words.firstIndex(where: { $0.contains("/") }), last + 1 < words.count else {
      throw .morphEnds(words.joined(separator: " "))
    }
    self.init(
      tonic: tonic, start: try ThesaurusPattern(setting: words[...last].joined(separator: " ")),
      end: try ThesaurusPattern(setting: words[(last + 1)...].joined(separator: " ")))
  }

  /// Reads "morph:A:B:0.4", with or without a tonic before it: two names of patterns, which hold a colon each, and the
  /// place between them, 0...1.
  ///
  /// - Returns: nil when the text does not begin so.
  /// - Throws: `SettingError` that says which part is missing or wrong.
  public static func placed(_ text: String) throws(SettingError) -> (morph: ScaleMorph, place: Double)? {
    var words = text.split(whereSeparator: \.isWhitespace)[...]
    let tonic = words.count > 1 ? words.first.flatMap { PitchClass(name: String($0)) } : nil
    if tonic != nil { words.removeFirst() }
    let body = words.joined(separator: " ")
    guard body.lowercased().hasPrefix("morph:") else { return nil }
    var parts: [String] = []
    for part in body.dropFirst("morph:".count).split(separator: ":", omittingEmptySubsequences: false) {
      let belongs = parts.last.map { Self.wantsNumber($0) || $0.lowercased() == "thesaurus" } ?? false
      if belongs { parts[parts.count - 1] += ":" + part } else { parts.append(String(part)) }
    }
    guard parts.count == 3 else { throw .morphParts(text) }
    let root = tonic ?? PitchClass(wrapping: 0)
    let (start, end) = (try ThesaurusPattern(setting: parts[0]), try ThesaurusPattern(setting: parts[1]))
    let number = parts[2].trimmingPrefix(while: \.isWhitespace)
    guard let place = Double(number), (0...1).contains(place) else { throw .morphPlace(parts[2]) }
    return (ScaleMorph(tonic: root, start: start, end: end), place)
  }

  /// Whether a part of a name ends in a slash and the count of added notes, so that a colon and a number go on.
  private static func wantsNumber(_ part: String) -> Bool {
    guard let slash = part.lastIndex(of: "/") else { return false }
    let count = part[part.index(after: slash)...]
    return !count.isEmpty && count.allSatisfy(\.isNumber)
  }
}
