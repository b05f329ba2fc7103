// Judges lines of notes by the rule of equal division, without the code that makes patterns.

public import Music

/// Whether notes repeat a cell at an equal step that divides octaves as one of the eleven progressions does.
///
/// It looks at notes alone: which notes may be added, and in which order, is for `PatternFinder` to say.
public struct EqualDivision: Hashable, Sendable {
  /// The octaves and the parts into which they are divided.
  public var progression: Progression
  /// Notes of a cell, its principal tone among them, at least 2.
  public var cell: Int

  /// Notes of an ascent through all octaves, the principal tone at the top included.
  public var ascent: Int { progression.parts * cell + 1 }

  /// The rule by which a whole line climbs through the octaves of a progression, each cell as the one before but a step
  /// higher; nil when there is none.
  public static func rule(of line: [Int]) -> EqualDivision? {
    rules(line) { $0.ascent == line.count }
  }

  /// The rule by which a line begins: its first notes are an ascent as above, whatever comes after. Of an ascent that
  /// is longer than the line the line must be the beginning, with two cells at least.
  public static func rule(ofOpening line: [Int]) -> EqualDivision? {
    rules(line) { $0.ascent <= line.count || 2 * $0.cell + 1 <= line.count }
  }

  /// The first rule, by the length of its cell, that suits and that the line obeys as far as both go.
  private static func rules(_ line: [Int], where suits: (EqualDivision) -> Bool) -> EqualDivision? {
    guard line.count >= 5 else { return nil }
    for cell in 2...line.count / 2 {
      let step = line[cell] - line[0]
      for progression in Progression.allCases where step * progression.parts == 12 * progression.octaves {
        let rule = EqualDivision(progression: progression, cell: cell)
        let isObeyed = (cell..<min(line.count, rule.ascent)).allSatisfy { line[$0] - line[$0 - cell] == step }
        if isObeyed, suits(rule) { return rule }
      }
    }
    return nil
  }
}
