// Scores of patterns as Standard MIDI Files and as notes to play.
public import Foundation
import MIDI
public import Music

/// Plays the patterns of a score one after the other in eighths, with a crotchet's rest between them.
public enum PatternMIDI {
  /// Velocities of principal tones and of added notes.
  private static let (principal, added) = (96, 76)
  /// Quarter notes of each note, and between two patterns.
  private static let (length, rest) = (0.5, 1.0)

  /// A file of format 1 at 120 quarters a minute: a track for each pattern, named by its label.
  ///
  /// - Parameter program: the instrument of General MIDI, 0…127.
  public static func data(_ score: PatternScore, program: Int = 0) -> Data {
    let tracks = zip(score.entries, places(score)).enumerated().map { number, track in
      MIDITrack(name: track.0.label, notes: track.1, programs: number == 0 ? [0: program] : [:])
    }
    let tempo = TempoMap(changes: [TempoMap.Change(quarters: 0, microsecondsPerQuarter: 500_000)])
    return StandardMIDIFile.data(tracks: tracks, tempoMap: tempo)
  }

  /// The notes of all patterns in seconds, at 120 quarters a minute.
  public static func notes(_ score: PatternScore) -> [Note] {
    places(score).flatMap { $0 }.map {
      Note(pitch: $0.pitch, velocity: $0.velocity, onset: $0.onset / 2, duration: $0.duration / 2)
    }
  }

  private static func places(_ score: PatternScore) -> [[ScoreNote]] {
    var time = 0.0
    return score.entries.map { entry in
      let notes = PatternLine(entry, score.direction).tones.enumerated().map { place, tone in
        ScoreNote(
          onset: time + Double(place) * length, duration: length, pitch: tone.pitch,
          velocity: tone.isPrincipal ? principal : added)
      }
      time += Double(notes.count) * length + rest
      return notes
    }
  }
}
