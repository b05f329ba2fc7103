// The sequences of one score: the whole, and its parts alone.

import Foundation
import Improviser
import MIDI
import Music

/// Cuts the notes of a score into sequences; times are in quarters.
struct ScoreSequences {
  /// Sequences of fewer notes are left out.
  let fewest: Int
  let source: String

  /// A song or another score in MusicXML: the whole, each part on one staff alone, and each staff of the parts on two.
  func sequences(of content: MusicXMLContent, name: String, group: String) -> [NoteSequence] {
    let scale = Self.scale(of: content)
    let partCount = Set(content.notes.map(\.part)).count
    func sequence(_ part: NotePart, _ label: String, _ holds: (MusicXMLContent.Note) -> Bool) -> NoteSequence? {
      let notes = content.notes.filter(holds).map {
        Note(pitch: $0.pitch, velocity: $0.velocity, onset: $0.onset, duration: $0.end - $0.onset)
      }
      return self.sequence(notes, part: part, name: name + label, group: group, scale: scale)
    }
    var sequences = [sequence(.whole, "", { _ in true })]
    for part in Set(content.notes.map(\.part)).sorted() {
      let staves = Set(content.notes.filter { $0.part == part }.map(\.staff)).sorted()
      if staves.count == 1, partCount > 1 {
        sequences.append(sequence(.voice, " part \(part + 1)") { $0.part == part })
      } else if staves.count > 1, let upper = staves.first, let lower = staves.last {
        sequences.append(sequence(.upper, " part \(part + 1) upper") { $0.part == part && $0.staff == upper })
        sequences.append(sequence(.lower, " part \(part + 1) lower") { $0.part == part && $0.staff == lower })
      }
    }
    return sequences.compactMap(\.self)
  }

  /// A MIDI file: the whole without percussion, and each channel alone where there are several.
  func sequences(of notes: [Note], name: String, group: String) -> [NoteSequence] {
    let pitched = notes.filter { $0.channel != Self.percussion }
    let channels = Set(pitched.map(\.channel)).sorted()
    var sequences = [sequence(pitched, part: .whole, name: name, group: group, scale: nil)]
    if channels.count > 1 {
      for channel in channels {
        let own = pitched.filter { $0.channel == channel }
        sequences.append(
          sequence(own, part: .voice, name: "\(name) channel \(channel + 1)", group: group, scale: nil))
      }
    }
    return sequences.compactMap(\.self)
  }

  /// A tune.
  func sequence(of tune: FolkTunes.Score) -> NoteSequence? {
    sequence(tune.notes, part: .whole, name: tune.name, group: tune.group, scale: tune.scale)
  }

  private func sequence(
    _ notes: [Note], part: NotePart, name: String, group: String, scale: Scale?
  ) -> NoteSequence? {
    let events = ScoreTicks.events(notes)
    guard events.count >= fewest else { return nil }
    return NoteSequence(events: events, scale: scale, group: group, source: source, name: name, part: part)
  }

  /// The scale by the rule of the signatures; of the minor families the one that sounds most.
  private static func scale(of content: MusicXMLContent) -> Scale? {
    let score = MusicXMLScore(content)
    guard case .success(let label) = SignatureRule.label(score) else { return nil }
    return Scale.best(tonic: label.tonic, of: label.families, for: score.notes)
  }

  /// General MIDI's channel 10.
  private static let percussion = 9
}
