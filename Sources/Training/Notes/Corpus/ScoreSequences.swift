// The sequences of one piece: the whole, and its parts alone.

import Improviser
import Music

/// Cuts the notes of a piece into sequences; times are in quarters, and percussion is left out.
struct ScoreSequences {
  /// Sequences of fewer notes are left out.
  let fewest: Int

  /// The whole, then the parts as the piece's division says; empty when the whole has too few notes.
  func sequences(of piece: CorpusPiece) -> [NoteSequence] {
    let pitched = piece.notes.filter { $0.instrument != Int16(GeneralMIDI.drums) }
    func sequence(_ part: NotePart, _ label: String, _ notes: [CorpusNote]) -> NoteSequence? {
      let events = ScoreTicks.events(
        notes.map {
          Note(pitch: Int($0.pitch), velocity: Int($0.velocity), onset: $0.beat, duration: $0.duration)
        })
      guard events.count >= fewest else { return nil }
      return NoteSequence(
        events: events, scale: piece.scale, group: piece.group, source: piece.source, name: piece.name + label,
        part: part, composer: piece.composer, genre: piece.genre)
    }
    guard let whole = sequence(.whole, "", pitched) else { return [] }
    var sequences: [NoteSequence?] = [whole]
    let parts = Dictionary(grouping: pitched, by: \.part).sorted { $0.key < $1.key }
    for (number, notes) in parts {
      switch piece.division {
      case .none: break
      case .parts(let word):
        if parts.count > 1 { sequences.append(sequence(.voice, " \(word) \(number + 1)", notes)) }
      case .staves:
        let staves = Set(notes.map(\.staff)).sorted()
        if staves.count == 1, parts.count > 1 {
          sequences.append(sequence(.voice, " part \(number + 1)", notes))
        } else if staves.count > 1, let upper = staves.first, let lower = staves.last {
          sequences.append(sequence(.upper, " part \(number + 1) upper", notes.filter { $0.staff == upper }))
          sequences.append(sequence(.lower, " part \(number + 1) lower", notes.filter { $0.staff == lower }))
        }
      }
    }
    return sequences.compactMap(\.self)
  }
}
