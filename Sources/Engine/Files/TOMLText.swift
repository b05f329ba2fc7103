// A TOML file that was understood, with the line of every key.

/// What a TOML text says. The other programs of the package read their files with it too.
package struct TOMLText {
  /// A text that is no TOML.
  package struct Problem: Error, Equatable {
    /// Counted from 1.
    package var line: Int
    /// Counted from 1, in characters of Unicode.
    package var column: Int
    /// What is wrong and what to do, as a sentence.
    package var reason: String
  }

  /// What stands in it.
  package let contents: [String: TOMLItem]
  private let lines: [[String]: Int]

  /// Understands `text`. Never traps, and takes a time that grows with the length alone.
  package init(_ text: String) throws(Problem) {
    let parser = try TOMLParser(text)
    contents = parser.root.contents
    lines = parser.lines
  }

  /// The line on which the key at the end of `path` is set, from 1; where that is not known, the one of its table.
  package func line(of path: [String]) -> Int {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      path.removeLast()
    }
    return 1
  }
}
