// Where the notes of a chord lie.

import Music

/// Close voicings within a narrow register, led from chord to chord with as little movement as possible.
enum Voicing {
  /// Lowest and highest pitch of a voicing.
  static let range = 48...69
  /// The middle to which the first voicing is drawn.
  private static let middle = 57
  /// Voicings do not go below this top, however low the player plays.
  private static let lowestTop = 60

  /// The voicing of `chord` in pitches of `allowed` nearest to `last`, below the player's lowest note where there is
  /// room, else anywhere in the register; empty when the chord has none.
  static func voicing(of chord: ScaleChord, in allowed: PitchSet, after last: [Int], below lowest: Double?) -> [Int] {
    let top = min(range.upperBound, max(lowestTop, lowest.map { Int($0) - 1 } ?? range.upperBound))
    var best: [Int] = []
    var least = Int.max
    for bass in range.lowerBound...top where allowed.contains(bass) {
      guard let start = chord.intervals.firstIndex(where: { (chord.root + $0) % 12 == bass % 12 }) else { continue }
      let pitches = close(chord, in: allowed, from: start, bass: bass)
      guard let high = pitches.last, high <= top else { continue }
      let distance = movement(from: last.isEmpty ? [middle] : last, to: pitches)
      if distance < least {
        least = distance
        best = pitches
      }
    }
    // Patterns of few notes may leave no chord so low.
    return best.isEmpty && top < range.upperBound ? voicing(of: chord, in: allowed, after: last, below: nil) : best
  }

  /// Semitones that the voices move: each note of the new chord from the nearest of the old one.
  static func movement(from last: [Int], to pitches: [Int]) -> Int {
    pitches.reduce(0) { sum, pitch in sum + (last.map { abs($0 - pitch) }.min() ?? 0) }
  }

  /// The chord upwards from `bass`, which is its tone number `start`: each tone as near above the last as is allowed.
  private static func close(_ chord: ScaleChord, in allowed: PitchSet, from start: Int, bass: Int) -> [Int] {
    var pitches = [bass]
    for step in chord.intervals.indices.dropFirst() {
      let tone = (chord.root + chord.intervals[(start + step) % chord.intervals.count]) % 12
      let last = pitches[pitches.count - 1]
      var pitch = last + ((tone - last) % 12 + 12) % 12
      while pitch <= range.upperBound, !allowed.contains(pitch) { pitch += 12 }
      pitches.append(pitch)
    }
    return pitches
  }
}
