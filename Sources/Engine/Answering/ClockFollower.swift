// Tempo and bars from a MIDI clock.

import MIDI

/// Turns the 24 clocks of a quarter note into a tempo. Pure: times come in as seconds.
///
/// The tempo is the mean over the last quarter note, which takes the jitter of a serial line out of it. See "MIDI 1.0
/// Detailed Specification", system real time messages.
struct ClockFollower {
  /// A tempo and the place of the bars.
  struct Tempo: Equatable {
    var beatSeconds: Double
    /// The time of a bar line.
    var barLine: Double
    var beatsPerBar = 4
  }

  private static let clocksPerBeat = 24
  /// Seconds without a clock after which there is none any more; slower than 15 beats a minute is no tempo.
  static let patience = 0.25

  private var times: [Double] = []
  private var isRunning = false
  /// Clocks since the song's start; the song position.
  private var position = 0
  private var start: Double?

  /// Takes in a message; others than those of a clock are ignored.
  mutating func hear(_ message: MIDIMessage, at time: Double) {
    switch message {
    case .clock:
      if let last = times.last, time - last > Self.patience || time < last { times = [] }
      times.append(time)
      if times.count > Self.clocksPerBeat + 1 { times.removeFirst() }
      // The first clock after a start is the first beat.
      if isRunning {
        if start == nil { start = time }
        if position % (Self.clocksPerBeat * 4) == 0 { start = time }
        position += 1
      }
    case .start:
      (isRunning, position, start) = (true, 0, nil)
    case .continue:
      isRunning = true
    case .stop:
      isRunning = false
    case .songPosition(let sixteenths):
      position = sixteenths * 6
      start = nil
    default:
      break
    }
  }

  /// The tempo at `time`; nil while no clock runs, or not for a beat yet.
  func tempo(at time: Double) -> Tempo? {
    guard let first = times.first, let last = times.last, times.count > Self.clocksPerBeat / 4,
      time - last <= Self.patience
    else { return nil }
    let beat = (last - first) / Double(times.count - 1) * Double(Self.clocksPerBeat)
    guard (0.1...4).contains(beat) else { return nil }
    return Tempo(beatSeconds: beat, barLine: start ?? first)
  }

  /// Whether two tempos are the same but for the jitter of their clocks.
  static func isSame(_ first: Tempo?, _ second: Tempo?) -> Bool {
    guard let first, let second else { return first == nil && second == nil }
    let bar = first.beatSeconds * Double(first.beatsPerBar)
    let shift = ((first.barLine - second.barLine) / bar).truncatingRemainder(dividingBy: 1)
    let distance = min(abs(shift), 1 - abs(shift)) * bar
    return first.beatsPerBar == second.beatsPerBar
      && abs(first.beatSeconds / second.beatSeconds - 1) < 0.002 && distance < 0.005
  }
}
