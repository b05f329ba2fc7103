// A pitch as it stands on a staff.

/// A staff step and an accidental: the way a pitch is written rather than the way it sounds.
struct WrittenPitch: Hashable {
  /// The MIDI pitch.
  let pitch: Int
  /// Staff steps above the C of octave 0, seven an octave; middle C is 28.
  let step: Int
  /// -1 flat, 0 natural, 1 sharp.
  let accidental: Int

  private static let naturals = [0, 2, 4, 5, 7, 9, 11]

  /// A MIDI pitch; white keys are always natural, black keys sharps or flats.
  init(_ pitch: Int, isSharp: Bool) {
    self.pitch = pitch
    let (octave, semitones) = ((pitch + 12) / 12 - 2, (pitch + 12) % 12)
    let white = Self.naturals.firstIndex(of: semitones)
    accidental = white == nil ? (isSharp ? 1 : -1) : 0
    let letter = white ?? Self.naturals.firstIndex(of: semitones - accidental) ?? 0
    step = octave * 7 + letter
  }

  /// 0 for C, 6 for B.
  var letter: Int { (step % 7 + 7) % 7 }
  /// The octave that begins with middle C is 4.
  var octave: Int { (step - letter) / 7 }
  /// "C", "E♭", "F♯".
  var name: String { letterName + (accidental == 0 ? "" : accidental > 0 ? "♯" : "♭") }
  /// "C" to "B".
  var letterName: String { ["C", "D", "E", "F", "G", "A", "B"][letter] }
}
