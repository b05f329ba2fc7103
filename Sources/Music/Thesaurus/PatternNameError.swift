// Why a text is no name of a pattern.

/// One sentence that says what is wrong with a name and what to write.
public enum PatternNameError: Error, Equatable, CustomStringConvertible {
  /// Not three parts with slashes between them.
  case form(String)
  /// No progression is called so.
  case progression(String)
  /// No operation is called so.
  case operation(String)
  /// Not two numbers with a colon between them.
  case numbers(String)
  /// The rules give no such patterns.
  case section(PatternList.Section)
  /// The section has fewer patterns.
  case number(Int, PatternList.Section, Int)

  public var description: String {
    switch self {
    case .form(let text):
      return "\"\(Self.short(text))\" is no pattern of the Thesaurus: write progression/operation/notes:number, for "
        + "example tritone/interpolation/1:3."
    case .progression(let text):
      return Self.unknown("progression", text, among: Progression.allCases.map(\.rawValue))
    case .operation(let text):
      return Self.unknown("operation", text, among: PatternOperation.allCases.map(\.rawValue))
    case .numbers(let text):
      return "\"\(Self.short(text))\" doesn't say which pattern: write the number of added notes (1 to 4), a colon and "
        + "the place in the list, for example 1:3."
    case .section(let section):
      let counts = PatternList.all.sections.filter {
        $0.progression == section.progression && $0.operation == section.operation
      }.map { "\($0.count)" }
      let name = "\(section.progression.rawValue)/\(section.operation.rawValue)"
      return counts.isEmpty
        ? "The \(section.progression.rawValue) progression has no \(section.operation.rawValue): there is no room "
          + "between its principal tones; try another operation."
        : "\(name) doesn't add \(section.count) notes: it can add \(counts.joined(separator: ", "))."
    case .number(let number, let section, let count):
      let name = "\(section.progression.rawValue)/\(section.operation.rawValue)/\(section.count)"
      return "\(name) has no pattern \(number): it has 1 to \(count)."
    }
  }

  private static func unknown(_ kind: String, _ text: String, among names: [String]) -> String {
    let near = NearNames.nearest(to: text, among: names)
    let advice =
      near.isEmpty ? "there are \(names.joined(separator: ", "))." : "did you mean \(near.joined(separator: " or "))?"
    return "The Thesaurus has no \(kind) \"\(short(text))\": \(advice)"
  }

  private static func short(_ text: String) -> String { text.count > 60 ? text.prefix(60) + "…" : text }
}
