// What the melody network hears of the notes before.

import Improviser

/// One way of looking at the notes before a note; each has its own embedding.
enum MelodyFeature: CaseIterable {
  /// The pitch before.
  case pitch
  /// The leap to it from the one before that.
  case leap
  /// Its distance from the melody's first note.
  case distance
  /// That distance without octaves.
  case degree
  /// How long it lasted.
  case duration
  /// Ticks from its onset back to the onset before.
  case interval
  /// Where in two half notes it ended, counted from the beginning of the file, in eighths.
  case place

  /// True for what tells of time.
  var isTime: Bool {
    switch self {
    case .duration, .interval, .place: true
    default: false
    }
  }

  /// Classes; the last means "nothing before".
  var classCount: Int {
    switch self {
    case .pitch: 129
    case .leap: 2 * Self.widest + 2
    case .distance: 2 * Self.farthest + 2
    case .degree: 13
    case .duration, .interval: NoteVocabulary.timeCount + 1
    case .place: 9
    }
  }

  private static let widest = 14
  private static let farthest = 24

  /// The class before note `index` of a melody that sounds `shift` semitones higher.
  func value(_ melody: Melody, before index: Int, shift: Int) -> Int {
    let nothing = classCount - 1
    guard index > 0 else { return nothing }
    let last = index - 1
    switch self {
    case .pitch:
      return min(max(melody.pitches[last] + shift, 0), 127)
    case .leap:
      guard last > 0 else { return nothing }
      return min(max(melody.pitches[last] - melody.pitches[last - 1], -Self.widest), Self.widest) + Self.widest
    case .distance:
      return min(max(melody.pitches[last] - melody.pitches[0], -Self.farthest), Self.farthest) + Self.farthest
    case .degree:
      return ((melody.pitches[last] - melody.pitches[0]) % 12 + 12) % 12
    case .duration:
      return NoteVocabulary.durationClass(ticks: melody.durations[last])
    case .interval:
      guard last > 0 else { return nothing }
      return NoteVocabulary.intervalClass(ticks: melody.onsets[last] - melody.onsets[last - 1])
    case .place:
      return (melody.onsets[last] + melody.durations[last]) % 96 / 12
    }
  }
}
