// Which chord goes with what is played.

/// Scores chords by their fit to the notes that just sounded and to those expected, by the motion of their root and
/// by their distance from the chord before.
struct ChordChoice {
  /// What a motion of the root by 0...11 semitones upwards is worth: falling fifths and steps lead on, other leaps
  /// less.
  private static let motion: [Double] = [0, 0.06, 0.08, 0.04, 0.02, 0.2, -0.05, 0.1, 0.06, 0.08, 0.06, 0.06]
  private static let expectedWeight = 0.5
  private static let restWeight = 0.12
  /// Seconds of sound that leave no doubt about what is heard.
  private static let plenty = 0.5
  private static let leadingWeight = 0.012
  private static let rootWeight = 0.2
  /// What a note beside a tone of the chord costs more than other notes outside it.
  private static let clashWeight = 0.35
  private static let missWeight = 0.6

  /// Pitch class of the tonic.
  let tonic: Int
  /// Seconds for which each pitch class was heard, faded.
  let heard: [Double]
  /// How probable each pitch class is next, sum 1; empty when nobody says.
  let expected: [Double]

  /// What speaks for `chord` apart from its voicing; about 1 when all that is heard belongs to it.
  func fit(_ chord: ScaleChord) -> Double {
    let sum = heard.reduce(0, +)
    var score = -chord.cost
    if sum > 0 {
      for pitchClass in 0..<12 where heard[pitchClass] > 0 {
        let share = heard[pitchClass] / sum
        if chord.contains(pitchClass: pitchClass) {
          score += share * (pitchClass == chord.root ? 1 + Self.rootWeight : 1)
        } else {
          let isClash =
            chord.contains(pitchClass: (pitchClass + 1) % 12) || chord.contains(pitchClass: (pitchClass + 11) % 12)
          score -= share * (isClash ? Self.missWeight + Self.clashWeight : Self.missWeight)
        }
      }
    }
    if expected.count == 12 {
      for pitchClass in 0..<12 where chord.contains(pitchClass: pitchClass) {
        score += Self.expectedWeight * expected[pitchClass]
      }
    }
    // A note or two say little; the tonic is then the best guess.
    let doubt = 1 - min(1, sum / Self.plenty)
    return score + (chord.root == tonic ? Self.restWeight * (1 + 2 * doubt) : 0)
  }

  /// The same with the way from the chord before.
  func score(_ chord: ScaleChord, after last: ScaleChord?, movement: Int) -> Double {
    guard let last else { return fit(chord) }
    return fit(chord) + Self.motion[(chord.root - last.root + 12) % 12] - Self.leadingWeight * Double(movement)
  }

  /// The chord to which `chord` most naturally goes on, by the motion of the roots alone.
  func continuation(of chord: ScaleChord, among chords: [ScaleChord]) -> ScaleChord? {
    func worth(_ next: ScaleChord) -> Double {
      Self.motion[(next.root - chord.root + 12) % 12] + (next.root == tonic ? Self.restWeight : 0) - next.cost
    }
    return chords.filter { $0.root != chord.root }.max { worth($0) < worth($1) }
  }
}
