// Keeps the answer in the phrase's register.

import Foundation

/// The pitches around the phrase's, shifted by the setting "register".
///
/// Whole octaves of the shift are added after the model's choice, so that the model goes on where the player is; only
/// the rest moves the window in which it chooses.
struct RegisterWindow: Equatable {
  /// The keys of a piano: what lies beyond is played only if the player went there.
  private static let piano = 21...108

  /// Semitones to add to the model's pitch, a multiple of 12.
  let octaves: Int
  /// The sounding pitches that the answer prefers.
  let preferred: ClosedRange<Int>
  /// The sounding pitches that are possible.
  let possible: ClosedRange<Int>

  /// The window of a phrase of `range`, shifted by `register` semitones.
  init(range: ClosedRange<Int>, register: Int) {
    let possible = min(Self.piano.lowerBound, range.lowerBound)...max(Self.piano.upperBound, range.upperBound)
    let middle = (range.lowerBound + range.upperBound) / 2
    var octaves = 12 * Int((Double(register) / 12).rounded())
    while octaves > 0, middle + octaves > possible.upperBound - 6 { octaves -= 12 }
    while octaves < 0, middle + octaves < possible.lowerBound + 6 { octaves += 12 }
    // What the model's 128 pitches reach after the shift.
    let reachable = max(possible.lowerBound, octaves)...min(possible.upperBound, 127 + octaves)
    // A phrase of one note leaves room for an octave around it.
    let margin = max(3, (14 - range.count) / 2)
    let low = min(max(range.lowerBound + register - margin, reachable.lowerBound), reachable.upperBound - 12)
    let high = max(min(range.upperBound + register + margin, reachable.upperBound), low + 12)
    (self.octaves, self.possible, preferred) = (octaves, reachable, low...high)
  }

  /// The weight of a sounding pitch; falls off outside the preferred ones and is 0 for the impossible.
  func weight(pitch: Int) -> Double {
    guard possible.contains(pitch) else { return 0 }
    let distance = Double(max(preferred.lowerBound - pitch, pitch - preferred.upperBound, 0)) / 3
    return max(1e-6, exp(-distance * distance))
  }
}
