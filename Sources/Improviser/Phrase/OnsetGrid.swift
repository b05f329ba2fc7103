// Places onsets in seconds on the grid of the beat.

import Foundation

/// Turns successive onsets into ticks of the beat, one at a time.
///
/// An onset goes to the tick that is most probable given how far it lies from it and how often music uses that place of
/// the beat: simple places attract. The grid follows the player: it moves half way to every onset and stretches a
/// little with every interval, so that neither a hasty note nor a slow change of tempo breaks it.
struct OnsetGrid {
  /// Seconds a beat.
  var beat: Double
  /// Ticks from the first onset to the last.
  private(set) var position = 0
  private var reference: Double
  /// The beat as it is played here, as a factor of `beat`.
  private var stretch = 1.0

  /// The share of an interval's error by which the grid stretches, and how far it may in all.
  private static let agility = 0.3
  private static let elasticity = 0.15

  /// Logarithms of how often a note begins on each tick of the beat: the beat, its half, quarters and thirds stand out.
  private static let logWeights: [Double] = (0..<24).map { tick in
    switch tick {
    case 0: log(1.0)
    case 12: log(0.7)
    case 6, 18: log(0.3)
    case 8, 16: log(0.2)
    case 4, 20: log(0.04)
    case 3, 9, 15, 21: log(0.03)
    default: log(0.002)
    }
  }

  /// A grid on which the onset at `time` has position 0.
  init(beat: Double, first time: Double) {
    self.beat = beat
    reference = time
  }

  /// Standard deviation of a played inter-onset time of `seconds`.
  static func deviation(of seconds: Double) -> Double { hypot(0.012, 0.03 * seconds) }

  /// The ticks from the onset before to the next one, at `time`: 1...576.
  mutating func ticks(to time: Double) -> Int {
    let tick = stretch * beat / Double(NoteVocabulary.ticksPerBeat)
    let exact = max(0, (time - reference) / tick)
    guard exact < 576 else {
      reference = time
      position += 576
      return 576
    }
    let deviation = Self.deviation(of: exact * tick) / tick
    let reach = Int(min(12, max(2, 3 * deviation)).rounded(.up))
    let middle = Int(exact.rounded())
    var best = (ticks: max(1, middle), score: -Double.infinity)
    for ticks in max(1, middle - reach)...max(1, middle + reach) {
      let error = (exact - Double(ticks)) / deviation
      let score = Self.logWeights[(position + ticks) % 24] - error * error / 2
      if score > best.score { best = (ticks, score) }
    }
    position += best.ticks
    let error = (exact - Double(best.ticks)) / Double(max(24, best.ticks))
    stretch = min(max(stretch * (1 + Self.agility * error), 1 - Self.elasticity), 1 + Self.elasticity)
    let predicted = reference + Double(best.ticks) * tick
    reference = predicted + (time - predicted) / 2
    return best.ticks
  }
}
