// How long a silence ends a phrase: it scales with how fast the player plays.

/// The silence after which a phrase is over, learned from the player's own time between onsets.
struct PhraseGap {
  /// The shortest and the longest gap, in seconds.
  static let range = 0.25...0.8
  /// The gap before anything is known of the player.
  static let initial = 0.6
  /// Gap in units of a long inter-onset time. A staccato note is silent for most of its time, so the factor
  /// has to pass 1 or it would cut phrases between two notes.
  private static let factor = 1.15
  private static let remembered = 12

  private var times: [Double] = []
  private var place = 0

  /// The seconds of silence that end the phrase.
  private(set) var seconds = PhraseGap.initial

  /// Takes in the seconds between two successive onsets of one phrase.
  mutating func hear(interOnset time: Double) {
    // Chords that are spread a little are no rhythm, and a pause says nothing about the pace.
    guard time > 0.05, time < 2 else { return }
    if times.count < Self.remembered { times.append(time) } else { times[place] = time }
    place = (place + 1) % Self.remembered
    let sorted = times.sorted()
    // A long value of the recent ones rather than the middle: in "long short short" the long one must not end it.
    let long = sorted[(sorted.count * 4) / 5 == sorted.count ? sorted.count - 1 : (sorted.count * 4) / 5]
    seconds = min(max(Self.factor * long, Self.range.lowerBound), Self.range.upperBound)
  }
}
