// Which tunes are the same tune.

import Music

/// Finds tunes that stand in several books, so that a split never puts one into two parts.
struct TuneGroups {
  /// What tells whether two tunes are one.
  struct Keys: Hashable, Sendable {
    /// The words of the title; nil when there are none that count.
    var title: String?
    /// The first intervals; nil for a tune that is too short.
    var melody: String?
  }

  /// Intervals of the incipit: enough to be the tune's own, few enough to survive a variant further on.
  private static let incipitLength = 11

  /// Union-find with path halving: leads to the first tune of the group.
  private var parent: [Int] = []
  /// What names the group of which a tune is the first.
  private var names: [String] = []
  private var first: [String: Int] = [:]

  /// Adds a tune: tunes of one title, or of one incipit in any key, are in one group, and so on onwards through the
  /// tunes that these resemble.
  ///
  /// - Returns: the number of the tune, for `group(of:)`.
  mutating func add(_ keys: Keys) -> Int {
    let index = parent.count
    parent.append(index)
    names.append(keys.title ?? keys.melody ?? "tune \(index)")
    for key in [keys.title, keys.melody].compactMap(\.self) {
      let (a, b) = (root(first[key] ?? index), root(index))
      parent[max(a, b)] = min(a, b)
      if first[key] == nil { first[key] = index }
    }
    return index
  }

  /// The group of a tune among those that were added, named by the title or the incipit of its first tune.
  mutating func group(of index: Int) -> String { names[root(index)] }

  /// The group of each of several tunes.
  static func groups(titles: [String], melodies: [[Note]]) -> [String] {
    var groups = TuneGroups()
    let tunes = zip(titles, melodies).map { groups.add(Keys(title: $0, melody: $1)) }
    return tunes.map { groups.group(of: $0) }
  }

  private mutating func root(_ index: Int) -> Int {
    var index = index
    while parent[index] != index {
      parent[index] = parent[parent[index]]
      index = parent[index]
    }
    return index
  }
}

extension TuneGroups.Keys {
  /// The keys of a tune: the words of its title without articles, order of "The", punctuation and kind of dance, and
  /// its first intervals.
  init(title: String, melody: [Note]) {
    let ignored: Set<Substring> = [
      "the", "a", "an", "reel", "jig", "hornpipe", "strathspey", "march", "clog", "air", "no", "untitled",
      "do", "ditto", "same",
    ]
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }.filter { !ignored.contains($0) }
    let key = words.joined().filter { $0 != "'" }
    self.title = key.isEmpty ? nil : "title " + key
    self.melody = TuneGroups.incipit(melody)
  }
}

extension TuneGroups {
  fileprivate static func incipit(_ melody: [Note]) -> String? {
    guard melody.count > incipitLength else { return nil }
    let pitches = melody.prefix(incipitLength + 1).map(\.pitch)
    return "incipit " + zip(pitches.dropFirst(), pitches).map { String($0 - $1) }.joined(separator: " ")
  }
}
