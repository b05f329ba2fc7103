// The names of patterns: "tritone/interpolation/1:3".

extension ThesaurusPattern: CustomStringConvertible {
  /// Progression, operation, number of added notes and place in that section of the list, counted from 1.
  public var name: String {
    "\(progression.rawValue)/\(operation.rawValue)/\(count):\(PatternList.all.number(of: self))"
  }

  /// The same as `name`.
  public var description: String { name }

  /// Reads a name, with or without "thesaurus:" before it.
  ///
  /// - Throws: `PatternNameError`, which says what is wrong and which names come near.
  public init(name: String) throws(PatternNameError) {
    let text = PatternName.trimmed(name)
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else { throw .form(text) }
    guard let progression = Progression(name: parts[0]) else { throw .progression(parts[0]) }
    guard let operation = PatternOperation(name: parts[1]) else { throw .operation(parts[1]) }
    let numbers = parts[2].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let count = numbers[0], let number = numbers[1] else { throw .numbers(parts[2]) }
    let section = PatternList.Section(progression: progression, operation: operation, count: count)
    let patterns = PatternList.all[section]
    guard !patterns.isEmpty else { throw .section(section) }
    guard (1...patterns.count).contains(number) else { throw .number(number, section, patterns.count) }
    self = patterns[patterns.startIndex + number - 1]
  }
}

/// What names of patterns have in common.
enum PatternName {
  /// Without "thesaurus:" and white space around it.
  static func trimmed(_ name: String) -> String {
    let text = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let prefix = "thesaurus:"
    return text.lowercased().hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
  }
}
