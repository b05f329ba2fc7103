// The names of MIDI pitches on axes.
import Music

/// Note names with octaves.
enum PitchName {
  /// "C4" for 60, "B♭3" for 58; "–" for a negative number, which stands for no note.
  static func of(_ pitch: Int) -> String { pitch < 0 ? "–" : "\(PitchClass(wrapping: pitch))\(pitch / 12 - 1)" }

  /// Tics at every C of the range, at every G too where the range is short.
  static func tics(_ range: ClosedRange<Int>) -> [(label: String, place: Double)] {
    let step: Set<Int> = range.count < 32 ? [0, 7] : [0]
    return range.filter { step.contains($0 % 12) }.map { (of($0), Double($0)) }
  }
}
