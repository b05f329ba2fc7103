// Where the phrase would go on from a place of the answer.

/// Reads the phrase as a model for the answer's rhythm and contour.
enum PhraseMirror {
  /// The ticks to the next onset, as the phrase has it at the same place, over and over; 0 while its chord there has
  /// more notes. Nil for a phrase of one onset.
  ///
  /// - Parameter chord: Notes of the answer's onset at `position` so far.
  static func interval(after position: Int, chord: Int, _ phrase: Phrase) -> Int? {
    guard let last = phrase.positions.last, last > 0 else { return nil }
    // One turn lasts to the end of the last note, in whole beats.
    let turn = max(last + 1, (phrase.ticks + 12) / 24 * 24)
    let place = position % turn
    if phrase.positions.count(where: { $0 == place }) > chord { return 0 }
    return (phrase.positions.first { $0 > place } ?? turn) - place
  }

  /// The pitch of the phrase at a share of its length, 0...1.
  static func pitch(at share: Double, _ phrase: Phrase) -> Int { phrase.contour(at: min(max(share, 0), 1)) }
}
