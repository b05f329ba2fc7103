// Bars and needles made of block characters.

/// Draws numbers as text; pure functions.
enum Meter {
  private static let across: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  private static let upward: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A bar of `width` columns, filled from the left as far as `value` (0...1) says, in steps of an eighth of a column.
  static func bar(_ value: Double, width: Int) -> (filled: String, rest: String) {
    let eighths = Int((value.clamped(to: 0...1) * Double(width * 8)).rounded())
    var filled = String(repeating: "█", count: eighths / 8)
    if eighths % 8 != 0 { filled.append(across[eighths % 8]) }
    return (filled, String(repeating: "┈", count: max(0, width - filled.count)))
  }

  /// The characters of a standing bar, `height` rows from the top down.
  static func column(_ value: Double, height: Int) -> [Character] {
    let eighths = Int((value.clamped(to: 0...1) * Double(height * 8)).rounded())
    return (0..<height).reversed().map { row in upward[max(0, min(eighths - row * 8, 8))] }
  }

  /// A scale of `width` columns from -1 to 1 with a needle at `value` and a mark in the middle.
  static func needle(_ value: Double, width: Int) -> String {
    var places = [Character](repeating: "┈", count: width)
    guard width > 2 else { return String(places) }
    places[width / 2] = "┊"
    places[Int(((value.clamped(to: -1...1) + 1) / 2 * Double(width - 1)).rounded())] = "▲"
    return String(places)
  }
}
