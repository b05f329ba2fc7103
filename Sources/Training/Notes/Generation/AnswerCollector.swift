// Notes from the events of an answer.

import Improviser

/// Pairs the note-ons of an answer with their note-offs.
struct AnswerCollector {
  private var notes: [(pitch: Int, velocity: Int, onset: Double, end: Double?)] = []

  init() {}

  /// Takes in an event; only those of the answer's own channel count.
  mutating func take(_ event: AnswerEvent) {
    switch event {
    case .noteOn(0, let pitch, let velocity, let time): notes.append((pitch, velocity, time, nil))
    case .noteOff(0, let pitch, let time):
      if let place = notes.firstIndex(where: { $0.pitch == pitch && $0.end == nil }) { notes[place].end = time }
    default: break
    }
  }

  /// The notes in ticks of so many seconds from the first onset.
  func placed(tick: Double) -> [PlacedNote] {
    guard let start = notes.map(\.onset).min() else { return [] }
    return notes.map { note in
      let onset = Int(((note.onset - start) / tick).rounded())
      let end = Int((((note.end ?? note.onset) - start) / tick).rounded())
      return PlacedNote(onset: onset, duration: max(1, end - onset), pitch: note.pitch, velocity: note.velocity)
    }
  }
}
