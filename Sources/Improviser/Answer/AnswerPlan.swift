// How long the answer is and where it comes to rest.

/// The length of an answer and the place of its last note, in ticks from its first onset.
struct AnswerPlan: Equatable {
  /// Seconds that a phrase counts as at least and at most; the setting "length" multiplies the result.
  static let seconds = 1.0...8.0

  /// The length of the answer.
  let ticks: Int
  /// The onset of the last note, on a strong place of the beat.
  let finalPosition: Int
  /// Ticks between strong places.
  private let grid: Int
  private let phase: Int

  /// The plan of an answer to `phrase`.
  ///
  /// - Parameters:
  ///   - ticks: The length when it is set from outside, by a number of bars.
  ///   - phase: The place of the answer's first onset within the beat, in ticks.
  init(_ phrase: Phrase, length: Double, ticks fixed: Int? = nil, beat: Double, phase: Int) {
    let tick = beat / 24
    let seconds = min(max(Double(phrase.ticks) * tick, Self.seconds.lowerBound), Self.seconds.upperBound)
    ticks = max(12, fixed ?? Int((seconds * length / tick).rounded()))
    self.phase = phase
    // The last note rests for a beat or two, in a short answer for half of it.
    let rest = min(min(max(phrase.longestDuration, 24), 48), ticks / 2)
    grid = ticks >= 72 ? 24 : ticks >= 36 ? 12 : 6
    let aim = ticks - rest
    let below = (aim + phase) / grid * grid - phase
    let nearest = aim - below > grid / 2 ? below + grid : below
    finalPosition = max(nearest, Self.strong(after: 0, grid: grid, phase: phase))
  }

  /// The interval to play instead of one of `ticks` after `position`, and whether it leads to the last note.
  func interval(_ ticks: Int, after position: Int) -> (ticks: Int, isFinal: Bool) {
    guard position + ticks > finalPosition - 3 else { return (ticks, false) }
    let end = finalPosition > position + 2 ? finalPosition : Self.strong(after: position + 2, grid: grid, phase: phase)
    return (end - position, true)
  }

  /// The ticks for which the last note lasts when it begins at `position`.
  func finalDuration(at position: Int) -> Int { max(ticks - position, min(24, grid)) }

  private static func strong(after position: Int, grid: Int, phase: Int) -> Int {
    ((position + phase) / grid + 1) * grid - phase
  }
}
