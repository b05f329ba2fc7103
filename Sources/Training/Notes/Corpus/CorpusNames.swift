// The composers, instruments and genres that a corpus has.

/// Names met while reading, to tell a person what a filter could have named.
struct CorpusNames {
  private var composers: Set<String> = []
  private var instruments: Set<String> = []
  private var genres: Set<String> = []
  /// So many names of each kind are kept.
  private static let most = 10_000
  /// So many are told.
  private static let told = 5

  /// Notes the names of a piece.
  mutating func note(composer: String?, genre: String?, instruments: Set<Int16>) {
    if let composer, composers.count < Self.most { composers.insert(composer) }
    if let genre, genres.count < Self.most { genres.insert(genre) }
    self.instruments.formUnion(instruments.map { GeneralMIDI.name(Int($0)) })
  }

  /// For each kind that `filter` restricts, the names nearest to what it asks for, as a clause of a sentence.
  func nearest(to filter: CorpusFilter) -> String {
    let kinds = [
      ("composers", filter.composers, composers), ("instruments", filter.instruments, instruments),
      ("genres", filter.genres, genres),
    ]
    return kinds.filter { !$0.1.isEmpty }.map { kind, asked, names in
      let ranked = names.map { name in (asked.map { Self.distance($0, name) }.min() ?? 0, name) }.sorted(by: <)
      let list = ranked.prefix(Self.told).map(\.1)
      guard !list.isEmpty else { return "no \(kind) are known" }
      let more = names.count > list.count ? " and \(names.count - list.count) more" : ""
      return "the \(kind) are \(list.joined(separator: ", "))\(more)"
    }.joined(separator: "; ")
  }

  /// Levenshtein's distance between `asked` and the part of `name` that is nearest to it.
  private static func distance(_ asked: String, _ name: String) -> Int {
    let (asked, name) = (Array(CorpusFilter.folded(asked)), Array(CorpusFilter.folded(name)))
    // A part of the name may begin anywhere (the first row is 0) and end anywhere (the least of the last row).
    var row = Array(repeating: 0, count: name.count + 1)
    for (i, letter) in asked.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in name.indices {
        let replaced = diagonal + (name[j] == letter ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row.min() ?? 0
  }
}
