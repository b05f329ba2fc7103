// Which known names a mistyped one may have meant.

/// Looks for names that differ from a mistyped one by few letters.
public enum NearNames {
  /// The names nearest to `name`, at most three, nearest first; empty when none is near.
  public static func nearest(to name: String, among names: [String]) -> [String] {
    // A longer text is no slip of the finger, and comparing it costs time.
    guard name.count <= 64 else { return [] }
    let key = Array(name.lowercased())
    return names
      .map { ($0, distance(key, Array($0.lowercased())) - ($0.lowercased().hasPrefix(name.lowercased()) ? 2 : 0)) }
      .filter { !key.isEmpty && $0.1 <= max(1, min(3, $0.0.count / 2)) }
      .sorted { $0.1 < $1.1 }
      .prefix(3).map(\.0)
  }

  /// Letters to insert, remove or exchange (Levenshtein's distance).
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var row = Array(0...second.count)
    for (i, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let exchanged = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(exchanged, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
