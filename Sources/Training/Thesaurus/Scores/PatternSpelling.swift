// Sharps or flats for the black keys of a line.

/// Decides how a line is written, each black key as a sharp or as a flat.
///
/// Of all choices the one is taken in which the intervals between neighbours look most like what they sound: a minor
/// third like a third and not like an augmented second, a semitone like a step and not like a changed note. Among equal
/// ones the names in most use win. Found by dynamic programming in time linear in the notes.
enum PatternSpelling {
  /// Staff steps of intervals of 0…11 semitones; a tritone is a fourth or a fifth.
  private static let steps = [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6]
  /// What a written interval costs for each step that it is away from its sound, and what an unusual name costs.
  private static let (interval, name) = (10, 1)

  /// `line`, MIDI pitches in their order, as it is written.
  static func written(_ line: [Int]) -> [WrittenPitch] {
    guard let first = line.first else { return [] }
    var choices = [spellings(first)]
    var costs = choices[0].map(rarity)
    var origins: [[Int]] = []
    for pitch in line.dropFirst() {
      let (before, now) = (choices[choices.count - 1], spellings(pitch))
      var (ways, sums): ([Int], [Int]) = ([], [])
      for next in now {
        let all = before.indices.map { costs[$0] + deviation(before[$0], next) }
        let way = all.indices.min { all[$0] < all[$1] } ?? 0
        ways.append(way)
        sums.append(all[way] + rarity(next))
      }
      (costs, choices) = (sums, choices + [now])
      origins.append(ways)
    }
    var place = costs.indices.min { costs[$0] < costs[$1] } ?? 0
    var written: [WrittenPitch] = []
    for index in line.indices.reversed() {
      written.append(choices[index][place])
      if index > 0 { place = origins[index - 1][place] }
    }
    return written.reversed()
  }

  /// A white key has one way to be written, a black key two.
  private static func spellings(_ pitch: Int) -> [WrittenPitch] {
    let sharp = WrittenPitch(pitch, isSharp: true)
    return sharp.accidental == 0 ? [sharp] : [sharp, WrittenPitch(pitch, isSharp: false)]
  }

  /// C♯, E♭, F♯, A♭ and B♭ are in most use.
  private static func rarity(_ pitch: WrittenPitch) -> Int {
    switch (pitch.letter, pitch.accidental) {
    case (_, 0), (0, 1), (2, -1), (3, 1), (5, -1), (6, -1): 0
    default: name
    }
  }

  private static func deviation(_ one: WrittenPitch, _ next: WrittenPitch) -> Int {
    let semitones = abs(next.pitch - one.pitch)
    let written = next.pitch < one.pitch ? one.step - next.step : next.step - one.step
    let expected = semitones / 12 * 7 + steps[semitones % 12]
    return semitones % 12 == 6 && written == expected + 1 ? 0 : interval * abs(written - expected)
  }
}
