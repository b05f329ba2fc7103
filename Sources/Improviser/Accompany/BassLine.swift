// The bass under the chords.

import Music

/// Roots on the first beat, fifths in the middle of the bar, and now and then a passing note into the next root.
enum BassLine {
  /// Lowest and highest pitch of the bass.
  static let range = 31...50

  /// The pitch of a pitch class that lies nearest to `last`, or in the middle of the range at the beginning; nil when
  /// none of `allowed` is in the range.
  static func pitch(of pitchClass: Int, in allowed: PitchSet, near last: Int?) -> Int? {
    let target = last ?? 40
    let candidates = range.filter { $0 % 12 == pitchClass && allowed.contains($0) }
    return candidates.min { (abs($0 - target), $0) < (abs($1 - target), $1) }
  }

  /// An allowed note one step before `goal`, on the side from which the line comes.
  static func approach(to goal: Int, from last: Int, in allowed: PitchSet) -> Int? {
    let step = last < goal ? -1 : 1
    return [goal + step, goal + 2 * step].first { $0 != last && range.contains($0) && allowed.contains($0) }
  }
}
