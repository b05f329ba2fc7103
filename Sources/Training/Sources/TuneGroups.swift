// Which tunes are the same tune.

import Music

/// Finds tunes that stand in several books, so that a split never puts one into two parts.
enum TuneGroups {
  /// Intervals of the incipit: enough to be the tune's own, few enough to survive a variant further on.
  private static let incipitLength = 11

  /// The group of each tune: tunes of one title, or of one incipit in any key, are in one group, and so on onwards
  /// through the tunes that these resemble. A group is named by the title or the incipit of its first tune.
  static func groups(titles: [String], melodies: [[Note]]) -> [String] {
    // Union-find with path halving: `parent` leads to the first tune of the group.
    var parent = Array(titles.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parent[index] != index {
        parent[index] = parent[parent[index]]
        index = parent[index]
      }
      return index
    }
    var first: [String: Int] = [:]
    for (index, (title, melody)) in zip(titles, melodies).enumerated() {
      for key in [key(title: title), key(melody: melody)].compactMap(\.self) {
        let (a, b) = (root(first[key] ?? index), root(index))
        parent[max(a, b)] = min(a, b)
        if first[key] == nil { first[key] = index }
      }
    }
    return titles.indices.map { index in
      let head = root(index)
      return key(title: titles[head]) ?? key(melody: melodies[head]) ?? "tune \(head)"
    }
  }

  /// The words of a title without articles, order of "The", punctuation and kind of dance; nil when nothing is left.
  private static func key(title: String) -> String? {
    let ignored: Set<Substring> = [
      "the", "a", "an", "reel", "jig", "hornpipe", "strathspey", "march", "clog", "air", "no", "untitled",
      "do", "ditto", "same",
    ]
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }.filter { !ignored.contains($0) }
    let key = words.joined().filter { $0 != "'" }
    return key.isEmpty ? nil : "title " + key
  }

  private static func key(melody: [Note]) -> String? {
    guard melody.count > incipitLength else { return nil }
    let pitches = melody.prefix(incipitLength + 1).map(\.pitch)
    return "incipit " + zip(pitches.dropFirst(), pitches).map { String($0 - $1) }.joined(separator: " ")
  }
}
