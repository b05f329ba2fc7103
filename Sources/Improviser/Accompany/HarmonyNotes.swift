// The notes that the accompaniment may play.

import Music

/// A scale or a pattern as the accompaniment sees it.
struct HarmonyNotes: Hashable {
  /// Pitch class of the tonic.
  let tonic: Int
  /// The pitches that may sound.
  let pitches: PitchSet
  /// Pitch classes on which chords stand, upwards from the tonic.
  private let roots: [Int]

  /// The notes of a scale in all octaves.
  init(_ scale: Scale) {
    tonic = scale.tonic.rawValue
    pitches = PitchSet(pitchClasses: scale.mask)
    roots = scale.family.intervals.map { scale.tonic.transposed(by: $0).rawValue }
  }

  /// The notes of a pattern, which may be others in each octave.
  init(_ pattern: PatternScale) {
    tonic = pattern.tonic.rawValue
    pitches = pattern.pitches
    let classes = pitches.pitchClasses
    roots = (0..<12).map { pattern.tonic.transposed(by: $0).rawValue }.filter { classes >> UInt16($0) & 1 == 1 }
  }

  /// The chords that the notes hold; those of a pattern only where its octaves have room for them. Where there are
  /// none, intervals take their place, then single notes.
  func chords() -> [ScaleChord] {
    let members = pitches.pitchClasses
    let kinds = [
      ScaleChord.chords(on: roots, in: members), ScaleChord.intervals(on: roots, in: members),
      roots.map { ScaleChord(root: $0, intervals: [0]) },
    ]
    for chords in kinds {
      let found = chords.filter { !Voicing.voicing(of: $0, in: pitches, after: [], below: nil).isEmpty }
      if !found.isEmpty { return found }
    }
    return []
  }
}
