// A song of four chords that goes round: the accompaniment comes to know it.
import Music
import Testing

@testable import Improviser

@Suite struct SongTests {
  private static let beat = 0.6
  private static let start = 1.0
  /// Arpeggios of C, A minor, F and G, in eighth notes.
  private static let bars = [[60, 64, 67, 72], [57, 60, 64, 69], [53, 57, 60, 65], [55, 59, 62, 67]]
    .map { bar in [0, 1, 2, 3, 2, 1, 2, 1].map { bar[$0] } }

  /// 16 bars at 100 beats a minute, with the accompaniment; `looseness` is the most by which an onset is off, seconds.
  private func accompaniment(looseness: Double, hasClock: Bool, seed: UInt64) throws -> [Note] {
    var generator = SeededGenerator(seed: seed)
    let notes = (0..<16).flatMap { bar in
      Self.bars[bar % 4].enumerated().map { index, pitch in
        let time = Self.start + (Double(bar) * 4 + Double(index) / 2) * Self.beat
        return Note(
          pitch: pitch, velocity: 80, onset: time + looseness * (2 * generator.uniform() - 1),
          duration: Self.beat / 2 * 0.9)
      }
    }
    var settings = AnswerSettings()
    settings.mode = .accompany
    let improviser = Improviser(prediction: FakePrediction.flat(), settings: settings, seed: seed)
    let scale = try #require(Scale(name: "C major"))
    improviser.setScale(DetectedScale(scale: scale, confidence: 0.95))
    if hasClock { improviser.setTempo(beatSeconds: Self.beat, barLine: Self.start) }
    var dialogue = OfflineDialogue(improviser)
    return dialogue.run(notes).accompaniment
  }

  /// Pitch classes that sound in the middle of a beat.
  private func sounding(_ notes: [Note], channel: Int, bar: Int, beat: Double) -> Set<Int> {
    let time = Self.start + (Double(bar) * 4 + beat + 0.5) * Self.beat
    return Set(notes.filter { $0.channel == channel && $0.onset <= time && $0.end > time }.map { $0.pitch % 12 })
  }

  @Test(arguments: [(0.0, true), (0.0, false), (0.02, false)])
  func theChordsComeOnTheBarLine(_ looseness: Double, _ hasClock: Bool) throws {
    let notes = try accompaniment(looseness: looseness, hasClock: hasClock, seed: 3)
    for bar in 2..<16 {
      let chord = Set(Self.bars[bar % 4].map { $0 % 12 })
      // The first time round the harmony must be heard before it can be followed.
      for beat in bar < 8 ? 2..<4 : 0..<4 {
        #expect(chord.isSubset(of: sounding(notes, channel: 1, bar: bar, beat: Double(beat))), "bar \(bar + 1)")
      }
      guard bar >= 8 else { continue }
      #expect(sounding(notes, channel: 2, bar: bar, beat: 0) == [Self.bars[bar % 4][0] % 12], "bar \(bar + 1)")
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>) func theOnsetsAreOnTheBeat(_ seed: UInt64) throws {
    // In the first bars the tempo is not known well enough.
    let settled = Self.start + 8 * Self.beat
    for note in try accompaniment(looseness: 0.02, hasClock: false, seed: seed) where note.onset > settled {
      let place = (note.onset - Self.start) / Self.beat
      #expect(abs(place - place.rounded()) * Self.beat < 0.03)
    }
  }
}
