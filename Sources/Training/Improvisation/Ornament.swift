// The last touches on an improvised score: every degree of the scale sounds, and some chromatic neighbours.
import Music

/// Repairs and ornaments of improvised scores.
enum Ornament {
  /// Chromatic neighbours take at most this share of the sounding time.
  static let largestChromaticShare = 0.04

  /// Moves notes that carry no structure so that each degree of the scale has at least `share` of the sounding time.
  static func coverDegrees(
    of notes: inout [ImprovisedNote], tonic: PitchClass, family: ScaleFamily, share: Double = 0.02,
    using generator: inout some RandomNumberGenerator
  ) {
    for _ in 0..<512 {
      let time = soundingTime(notes, tonic: tonic)
      let total = time.reduce(0, +)
      guard total > 0, let missing = family.intervals.first(where: { time[$0] < share * total }) else { return }
      // The note gives up its degree only if that degree can spare it.
      let givers = notes.indices.filter {
        let degree = degree(notes[$0], tonic)
        return notes[$0].part != .drums && !notes[$0].isStructural && degree != missing
          && time[degree] - notes[$0].length > 1.5 * share * total
      }
      guard let index = givers.randomElement(using: &generator) else { return }
      var move = (missing - degree(notes[index], tonic) + 12) % 12
      if move > 6 { move -= 12 }
      notes[index].pitch += move
    }
  }

  /// Opens some melody notes with a short neighbour a semitone away that lies outside the scale.
  static func addNeighbours(
    to notes: inout [ImprovisedNote], tonic: PitchClass, family: ScaleFamily,
    using generator: inout some RandomNumberGenerator
  ) {
    let members = Set(family.intervals)
    let allowed = largestChromaticShare * soundingTime(notes, tonic: tonic).reduce(0, +)
    var spent = 0.0
    for index in notes.indices.shuffled(using: &generator) where notes[index].part == .melody {
      let length = min(0.25, notes[index].length * 0.4)
      let pitch = notes[index].pitch + (generator.chance(0.7) ? -1 : 1)
      let isOutside = !members.contains((pitch - tonic.rawValue + 144) % 12)
      guard isOutside, length >= 0.1 else { continue }
      guard spent + length <= allowed else { return }
      spent += length
      var neighbour = notes[index]
      neighbour.pitch = pitch
      neighbour.length = length
      neighbour.isStructural = false
      notes[index].beat += length
      notes[index].length -= length
      notes.append(neighbour)
    }
  }

  /// Beats during which each degree (semitones above the tonic) sounds, drums left out.
  static func soundingTime(_ notes: [ImprovisedNote], tonic: PitchClass) -> [Double] {
    var time = [Double](repeating: 0, count: 12)
    for note in notes where note.part != .drums { time[degree(note, tonic)] += note.length }
    return time
  }

  private static func degree(_ note: ImprovisedNote, _ tonic: PitchClass) -> Int {
    (note.pitch - tonic.rawValue + 144) % 12
  }
}
