// Whole pieces from a network over a vocabulary of notes and chords.

import Improviser
import Music

/// What `seed-lstm` can play: it knows no times, so every note or chord lasts an eighth, as it did in the project that
/// it comes from.
struct ChordPiece {
  private static let eighthsOfABar = 8
  /// Seconds of an eighth at 120 quarters a minute.
  private static let eighth = 0.25
  private static let velocity = 80

  let network: SeedLSTM
  let temperature: Double
  let seed: UInt64

  /// A piece of `bars` bars of four beats, in seconds.
  func notes(bars: Int) throws -> [Note] {
    let generator = TokenGenerator(network: network, temperature: temperature)
    let tokens = try generator.tokens(bars * Self.eighthsOfABar, random: SplitMix64(seed: seed, index: 0x6368_6F72))
    return tokens.enumerated().flatMap { place, token in
      (ChordVocabulary.pitches(of: network.options.tokens[token]) ?? []).map { pitch in
        Note(pitch: pitch, velocity: Self.velocity, onset: Double(place) * Self.eighth, duration: Self.eighth)
      }
    }
  }
}
