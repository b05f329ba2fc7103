// One voice of a dialogue without a clock.

import Improviser
import MIDI
import Music

/// Hears a phrase and answers it at once, on a steady beat. Times of notes are in ticks.
final class PhraseResponder {
  /// Seconds a beat: 120 a minute.
  static let beat = 0.5
  private static let tick = beat / Double(NoteVocabulary.ticksPerBeat)
  /// Seconds of quiet before each phrase.
  private static let pause = 1.0

  let improviser: Improviser
  private var clock = 0.0

  init(_ improviser: Improviser) {
    self.improviser = improviser
    improviser.setTempo(beatSeconds: Self.beat)
  }

  /// The answer to a phrase; both begin at tick 0 or later.
  func answer(_ phrase: [PlacedNote]) -> [PlacedNote] {
    let start = clock + Self.pause
    var keys: [(time: Double, isDown: Bool, note: PlacedNote)] = []
    for note in phrase {
      keys.append((start + Double(note.onset) * Self.tick, true, note))
      keys.append((start + Double(note.onset + note.duration) * Self.tick - 0.001, false, note))
    }
    keys.sort { ($0.time, $0.isDown ? 1 : 0, $0.note.pitch) < ($1.time, $1.isDown ? 1 : 0, $1.note.pitch) }
    var collector = AnswerCollector()
    for (time, isDown, note) in keys {
      clock = time
      improviser.hear(
        isDown
          ? .noteOn(channel: 0, pitch: note.pitch, velocity: note.velocity)
          : .noteOff(channel: 0, pitch: note.pitch, velocity: 64), at: time)
      improviser.advance(to: time) { collector.take($0) }
    }
    improviser.handOver(at: clock)
    improviser.advance(to: clock) { collector.take($0) }
    while let deadline = improviser.nextDeadline {
      clock = max(clock, deadline)
      improviser.advance(to: clock) { collector.take($0) }
    }
    return collector.placed(tick: Self.tick)
  }
}
