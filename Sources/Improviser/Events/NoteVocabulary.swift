// The classes into which the note models sort time, pitch and velocity.

/// What the note models choose from. A value belongs to the nearest class; times are compared by their ratio.
public enum NoteVocabulary {
  /// Ticks a beat.
  public static let ticksPerBeat = 24
  /// The ticks of each class of time, for intervals and durations alike: dotted values and triplets included.
  public static let times = [
    0, 1, 2, 3, 4, 6, 8, 9, 12, 15, 16, 18, 20, 21, 24, 27, 30, 32, 36, 40,
    42, 45, 48, 54, 60, 66, 72, 84, 90, 96, 108, 120, 132, 144, 168, 192, 240, 288, 384, 576,
  ]
  /// Classes of time.
  public static let timeCount = 40
  /// The class of an interval that says that nothing follows.
  public static let end = 40
  /// Classes of intervals: the times and `end`.
  public static let intervalCount = 41
  /// Pitches.
  public static let pitchCount = 128
  /// The input in place of a pitch before the first note.
  public static let start = 128
  /// Classes of velocity, each eight wide.
  public static let velocityCount = 16

  /// The class of an interval: 0 for a note of the same chord, else the class nearest in ratio.
  public static func intervalClass(ticks: Int) -> Int {
    guard ticks > 0 else { return 0 }
    return ticks < classOfTicks.count ? Int(classOfTicks[ticks]) : timeCount - 1
  }

  /// The class of a duration; never 0, for a note lasts at least a tick.
  public static func durationClass(ticks: Int) -> Int { intervalClass(ticks: max(1, ticks)) }

  /// The class of a velocity.
  public static func velocityClass(_ velocity: Int) -> Int { min(max(velocity, 0), 127) / 8 }

  /// The middle of a class of velocity.
  public static func velocity(ofClass index: Int) -> Int { min(max(index, 0), velocityCount - 1) * 8 + 4 }

  /// The class of each number of ticks up to the longest time.
  private static let classOfTicks: [UInt8] = (0...times[timeCount - 1]).map { ticks in
    guard ticks > 0 else { return 0 }
    // Nearest in ratio: a and b are equally far from their geometric mean, so compare the square with the product.
    let upper = times.firstIndex { $0 >= ticks } ?? timeCount - 1
    guard times[upper] > ticks, upper > 1 else { return UInt8(upper) }
    let isNearerBelow = ticks * ticks < times[upper - 1] * times[upper]
    return UInt8(isNearerBelow ? upper - 1 : upper)
  }
}
