// Cuts a piece for a sample: where it begins, how fast it goes, how far it is moved, what accompanies it.
import Foundation
import Music

/// An excerpt of a piece that is ready to be rendered.
struct Excerpt {
  /// Notes with onsets from the beginning of the excerpt; the transposition is already done.
  var notes: [Note]
  /// Semitones that the piece was moved.
  var transposition: Int
  /// Seconds of sound, at most `DataSetShape.seconds`.
  var seconds: Double

  /// The beginning of a piece as it stands: what the test set renders.
  static func beginning(of notes: [Note]) -> Excerpt {
    cut(notes, from: 0, tempo: 1, transposition: 0)
  }

  /// A varied excerpt: -6...+5 semitones, a tempo factor of 0.8...1.25, from the beginning or, half the time, from
  /// anywhere that leaves ten seconds.
  static func varied(of notes: [Note], using generator: inout SplitMix64) -> Excerpt {
    let transposition = inRange(generator.integer(-6...5), notes: notes)
    let tempo = 0.8 * pow(1.25 / 0.8, generator.nextDouble())
    let length = notes.map(\.end).max() ?? 0
    let latest = length - 10 * tempo
    let start = generator.chance(0.5) || latest <= 0 ? 0 : generator.uniform(0...latest)
    return cut(notes, from: start, tempo: tempo, transposition: transposition)
  }

  /// The same pitch classes by another octave where the notes would leave E1...C8.
  private static func inRange(_ transposition: Int, notes: [Note]) -> Int {
    let pitches = notes.map(\.pitch)
    guard let low = pitches.min(), let high = pitches.max() else { return transposition }
    if low + transposition < 28 { return transposition + 12 }
    return high + transposition > 108 ? transposition - 12 : transposition
  }

  private static func cut(_ notes: [Note], from start: Double, tempo: Double, transposition: Int) -> Excerpt {
    let kept: [Note] = notes.compactMap { note in
      // A note that began earlier is struck at the start, as one hears it when the ear opens in the midst of it.
      let onset = max(0, (note.onset - start) / tempo)
      let end = (note.end - start) / tempo
      guard end > onset + 0.02, onset < DataSetShape.seconds else { return nil }
      return Note(
        pitch: note.pitch + transposition, velocity: note.velocity, onset: onset, duration: end - onset,
        channel: note.channel)
    }
    let end = (kept.map(\.end).max() ?? 0) + 1
    return Excerpt(notes: kept, transposition: transposition, seconds: min(DataSetShape.seconds, max(2, end)))
  }

  /// True when at most one note sounds at a time (slurs may overlap by a little).
  var isMelodyOnly: Bool {
    let sorted = notes.sorted { $0.onset < $1.onset }
    return zip(sorted, sorted.dropFirst()).allSatisfy { $0.end <= $1.onset + 0.1 }
  }

  /// Adds a drone on the tonic (one time in eight) or chords of the scale (one in eight) to a lone melody.
  mutating func accompany(tonic: PitchClass, family: ScaleFamily, using generator: inout SplitMix64) {
    guard isMelodyOnly else { return }
    switch generator.nextDouble() {
    case ..<0.125: notes += drone(tonic: tonic, family: family, using: &generator)
    case ..<0.25: notes += chords(tonic: tonic, family: family, using: &generator)
    default: break
    }
  }

  private func drone(tonic: PitchClass, family: ScaleFamily, using generator: inout SplitMix64) -> [Note] {
    let root = 36 + tonic.rawValue
    let fifth = family.intervals.contains(7) && generator.chance(0.6) ? [root + 7] : []
    let every = generator.uniform(2...8)
    let velocity = generator.integer(45...75)
    return stride(from: 0, to: seconds - 0.5, by: every).flatMap { onset in
      ([root] + fifth).map {
        Note(
          pitch: $0, velocity: velocity, onset: onset, duration: min(every, seconds - onset),
          channel: Part.drone.rawValue)
      }
    }
  }

  /// One chord a bar, the one that shares most with the melody; the tonic's chord wins ties and ends the excerpt.
  private func chords(tonic: PitchClass, family: ScaleFamily, using generator: inout SplitMix64) -> [Note] {
    let harmony = Harmony(family: family)
    let choices = harmony.chords.keys.sorted().compactMap { harmony.chords[$0]?.first }
    let gaps = zip(notes, notes.dropFirst()).map { $1.onset - $0.onset }.sorted()
    let bar = min(3, max(1, 8 * (gaps.isEmpty ? 0.25 : gaps[gaps.count / 2])))
    let velocity = generator.integer(45...70)
    let low = generator.integer(45...52)
    return stride(from: 0, to: seconds - 0.5, by: bar).flatMap { start -> [Note] in
      var heard = [Double](repeating: 0, count: 12)
      for note in notes where note.onset < start + bar && note.end > start {
        let overlap = min(note.end, start + bar) - max(note.onset, start)
        heard[((note.pitch - tonic.rawValue) % 12 + 12) % 12] += overlap
      }
      func fit(_ chord: Chord) -> Double {
        chord.tones.reduce(0) { $0 + heard[$1] } + (chord.root == 0 ? 0.1 : 0) + heard[chord.root] * 0.3
      }
      guard let chord = choices.max(by: { fit($0) < fit($1) }) else { return [] }
      let root = low + ((tonic.rawValue + chord.root - low) % 12 + 12) % 12
      return chord.shape.map {
        Note(
          pitch: root + $0, velocity: velocity, onset: start, duration: min(bar * 0.95, seconds - start),
          channel: Part.chords.rawValue)
      }
    }
  }
}
