// What a system gives: notes, and the pattern that they play.

import Music

/// A pattern that was made, judged on its notes.
struct PatternSample: Sendable {
  /// Whether the notes obey an equal division of octaves (`EqualDivision`).
  let isDivided: Bool
  /// The pattern that the notes play where also the rules of added notes are obeyed.
  let pattern: ThesaurusPattern?
  /// The notes on a roll; nil where they do not fit.
  let roll: PatternRoll?
  /// At most 37 notes from the beginning.
  let line: [Int]
  /// Whether the network meant an allowed pattern before any search made it one; nil where there is no search.
  let isPlain: Bool?

  /// Judges a decoded pattern on the notes of its ascent.
  init(_ decoded: ThesaurusPattern, isPlain: Bool? = nil) {
    let ascent = decoded.ascent
    isDivided = EqualDivision.rule(of: ascent) != nil
    // Several patterns may play the same notes; any name of them says that the rules are obeyed.
    pattern = PatternFinder.find(ascent) == nil ? nil : decoded
    roll = PatternRoll(decoded)
    line = PatternRoll.line(decoded)
    self.isPlain = isPlain
  }

  /// Judges a roll on its first notes, as far as they make an ascent; what comes after them is not looked at.
  init(_ roll: PatternRoll) {
    self.roll = roll
    line = roll.notes
    isPlain = nil
    guard let rule = EqualDivision.rule(ofOpening: roll.notes) else {
      (isDivided, pattern) = (false, nil)
      return
    }
    isDivided = true
    let heard = min(rule.ascent, (roll.notes.count - 1) / rule.cell * rule.cell + 1)
    pattern = PatternFinder.find(Array(roll.notes.prefix(heard)))?.pattern
  }
}
