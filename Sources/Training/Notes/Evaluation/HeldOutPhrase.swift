// Phrases of held-out pieces with what the composer wrote next.

import Improviser
import Music

/// A phrase of a piece and its real continuation, of about the same length, in seconds from the phrase's beginning.
struct HeldOutPhrase {
  let phrase: [Note]
  let continuation: [Note]
  /// The scale of the piece.
  let scale: Scale

  /// Seconds a tick: 120 quarters a minute.
  static let tick = 0.5 / Double(NoteVocabulary.ticksPerBeat)
  /// Ticks of a phrase, at least and at most: one bar of four to three.
  private static let ticks = 96...288
  private static let fewestNotes = 5
  /// A note from which on a phrase may end, and a rest before which it does.
  private static let longNote = 36

  /// So many phrases of sequences of known scale, drawn with a seed; fewer when there are not enough.
  static func choose(
    _ count: Int, from notes: PreparedNotes, split: Split, seed: UInt64
  ) -> [HeldOutPhrase] {
    var random = SplitMix64(seed: seed, index: 0x70687261)
    // The whole of a song is no phrase of one player; its voice and its hands are, and so is a tune.
    let lines = notes.indices(of: split).filter { index in
      let sequence = notes[index]
      return sequence.scale != nil && (sequence.part != .whole || isLine(sequence.events))
    }
    guard !lines.isEmpty else { return [] }
    var chosen: [HeldOutPhrase] = []
    for _ in 0..<20 * count where chosen.count < count {
      let sequence = notes[random.choose(lines)]
      let start = random.integer(0...max(0, sequence.events.count - 2 * fewestNotes))
      if let phrase = cut(sequence, near: start) { chosen.append(phrase) }
    }
    return chosen
  }

  private static func isLine(_ events: [NoteEvent]) -> Bool {
    events.count { $0.interval == 0 } * 20 < events.count
  }

  /// The phrase that begins at the first resting place behind event `start`.
  static func cut(_ sequence: NoteSequence, near start: Int) -> HeldOutPhrase? {
    let events = sequence.events
    guard let scale = sequence.scale else { return nil }
    var positions: [Int] = []
    for event in events { positions.append((positions.last ?? 0) + event.interval) }
    func rests(before index: Int) -> Bool {
      guard index > 0, index < events.count, positions[index] > positions[index - 1] else { return index == 0 }
      return events[index - 1].duration >= longNote || positions[index] - positions[index - 1] >= longNote
    }
    guard let first = (start..<events.count).first(where: rests) else { return nil }
    let length = ticks
    guard let end = (first..<events.count).first(where: { index in
      let span = positions[index] - positions[first]
      return span >= length.lowerBound && rests(before: index) || span > length.upperBound
    }), rests(before: end), end - first >= fewestNotes else { return nil }
    let span = positions[end] - positions[first]
    let last = (end..<events.count).first { positions[$0] >= positions[end] + span } ?? events.count
    guard last > end, positions[last - 1] + events[last - 1].duration - positions[end] >= span / 2 else { return nil }
    func notes(_ range: Range<Int>, until end: Int) -> [Note] {
      range.map { index in
        Note(
          pitch: events[index].pitch, velocity: events[index].velocity,
          onset: Double(positions[index] - positions[first]) * tick,
          duration: Double(max(1, min(events[index].duration, end - positions[index]))) * tick)
      }
    }
    return HeldOutPhrase(
      phrase: notes(first..<end, until: positions[end]),
      continuation: notes(end..<last, until: positions[end] + span), scale: scale)
  }
}
