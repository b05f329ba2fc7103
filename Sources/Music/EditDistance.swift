// How far two sequences differ.

/// Levenshtein's distance (1966): the least number of elements to insert, remove or exchange.
public enum EditDistance {
  /// The distance between two sequences; takes their product in time.
  public static func between<Element: Equatable>(_ first: [Element], _ second: [Element]) -> Int {
    var row = Array(0...second.count)
    for (i, element) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let exchanged = diagonal + (element == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(exchanged, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
