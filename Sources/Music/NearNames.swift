// Which known names a mistyped one may have meant.

/// Looks for names that differ from a mistyped one by few letters.
public enum NearNames {
  /// The names nearest to `name`, at most three, nearest first; empty when none is near.
  public static func nearest(to name: String, among names: [String]) -> [String] {
    // A longer text is no slip of the finger, and comparing it costs time.
    guard name.count <= 64 else { return [] }
    let key = Array(name.lowercased())
    return names
      .map { ($0, EditDistance.between(key, Array($0.lowercased())) - ($0.lowercased().hasPrefix(name.lowercased()) ? 2 : 0)) }
      .filter { !key.isEmpty && $0.1 <= max(1, min(3, $0.0.count / 2)) }
      .sorted { $0.1 < $1.1 }
      .prefix(3).map(\.0)
  }
}
