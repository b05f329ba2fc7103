// Note names in letters three terminal lines high.

/// A note name such as "E♭" drawn with half blocks; each letter stands on a grid of 4 by 6 dots.
enum BigNote {
  private static let dots: [Character: [String]] = [
    "A": [".##.", "#..#", "#..#", "####", "#..#", "#..#"],
    "B": ["###.", "#..#", "###.", "#..#", "#..#", "###."],
    "C": [".###", "#...", "#...", "#...", "#...", ".###"],
    "D": ["###.", "#..#", "#..#", "#..#", "#..#", "###."],
    "E": ["####", "#...", "###.", "#...", "#...", "####"],
    "F": ["####", "#...", "###.", "#...", "#...", "#..."],
    "G": [".###", "#...", "#...", "#.##", "#..#", ".###"],
    "♭": ["#...", "#...", "###.", "#..#", "#.#.", "##.."],
    "♯": [".#.#", "####", ".#.#", ".#.#", "####", ".#.#"],
    "-": ["....", "....", "####", "....", "....", "...."],
  ]

  /// Three lines of nine columns; what has no picture is left out.
  static func lines(_ name: String) -> [String] {
    let letters = name.compactMap { dots[$0] }.prefix(2)
    return (0..<3).map { row in
      let drawn = letters.map { rows in
        String(zip(rows[2 * row], rows[2 * row + 1]).map { halfBlock(top: $0 == "#", bottom: $1 == "#") })
      }
      return drawn.joined(separator: " ").padded(to: 9)
    }
  }

  private static func halfBlock(top: Bool, bottom: Bool) -> Character {
    switch (top, bottom) {
    case (true, true): "█"
    case (true, false): "▀"
    case (false, true): "▄"
    case (false, false): " "
    }
  }
}

extension String {
  /// The text with spaces after it up to `width` columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text in the middle of `width` columns.
  func centred(in width: Int) -> String {
    let left = max(0, (width - count) / 2)
    return (String(repeating: " ", count: left) + self).padded(to: width)
  }
}
