// From notes in quarters to events in ticks.

public import Improviser
public import Music

/// Turns the notes of a score into the events of a sequence.
public enum ScoreTicks {
  /// The last tick that a note may begin at; no score is longer.
  private static let lastTick = 100_000_000.0

  private struct Placed {
    var start: Int
    var end: Int
    var pitch: Int
    var velocity: Int
  }

  /// The events of notes whose onsets and durations are in quarters, in any order.
  ///
  /// Times are rounded to 1/24 quarter and no note is shorter than that. Two notes of one pitch that begin together
  /// become one, the longer and louder; a note that is struck again while it sounds ends there. Silence before the
  /// first note is dropped.
  public static func events(_ notes: [Note]) -> [NoteEvent] {
    let sorted = notes.map(place).sorted { ($0.start, $0.pitch) < ($1.start, $1.pitch) }
    var placed: [Placed] = []
    placed.reserveCapacity(sorted.count)
    var last = Array(repeating: -1, count: NoteVocabulary.pitchCount)
    for note in sorted {
      let before = last[note.pitch]
      if before >= 0, placed[before].start == note.start {
        placed[before].end = max(placed[before].end, note.end)
        placed[before].velocity = max(placed[before].velocity, note.velocity)
        continue
      }
      if before >= 0 { placed[before].end = min(placed[before].end, note.start) }
      last[note.pitch] = placed.count
      placed.append(note)
    }
    var onset = placed.first?.start ?? 0
    return placed.map { note in
      defer { onset = note.start }
      return NoteEvent(
        interval: note.start - onset, pitch: note.pitch, duration: note.end - note.start, velocity: note.velocity)
    }
  }

  private static func place(_ note: Note) -> Placed {
    let start = ticks(note.onset)
    return Placed(
      start: start, end: max(start + 1, ticks(note.end)), pitch: min(max(note.pitch, 0), 127),
      velocity: min(max(note.velocity, 1), 127))
  }

  private static func ticks(_ quarters: Double) -> Int {
    guard quarters > 0 else { return 0 }  // also for NaN
    return Int(min(quarters * Double(NoteVocabulary.ticksPerBeat), lastTick).rounded())
  }
}
