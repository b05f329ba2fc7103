// A written note name: a letter and its accidental.

/// A letter of the staff with an accidental, the way a note is written rather than the way it sounds.
struct SpelledPitch: Hashable {
  /// Steps above C on the staff: C is 0, D 1, … B 6.
  let letter: Int
  /// Semitones by which the accidental raises the letter (negative for flats).
  let accidental: Int

  /// Semitones above C of the seven letters C D E F G A B.
  static let naturals = [0, 2, 4, 5, 7, 9, 11]
  private static let letters: [Character] = ["C", "D", "E", "F", "G", "A", "B"]

  init(letter: Int, accidental: Int) {
    self.letter = letter
    self.accidental = accidental
  }

  /// The spelling of `pitchClass` on the staff step `letter`, with the nearest accidental (-6…5).
  init(_ pitchClass: PitchClass, letter: Int) {
    let step = letter % 7
    let distance = PitchClass(wrapping: pitchClass.rawValue - Self.naturals[step]).rawValue
    self.init(letter: step, accidental: distance > 5 ? distance - 12 : distance)
  }

  /// Reads "E♭", "eb", "F##", "Gx"; nil when `name` is anything else.
  init?(name: String) {
    guard let first = name.first, let letter = Self.letters.firstIndex(of: Character(first.uppercased())) else {
      return nil
    }
    var accidental = 0
    for mark in name.dropFirst() {
      switch mark {
      case "♯", "#": accidental += 1
      case "♭", "b": accidental -= 1
      case "𝄪", "x": accidental += 2
      case "𝄫": accidental -= 2
      case "♮": break
      default: return nil
      }
    }
    self.init(letter: letter, accidental: accidental)
  }

  /// The pitch class that sounds.
  var pitchClass: PitchClass { PitchClass(wrapping: Self.naturals[letter] + accidental) }

  /// The written name, "E♭", "F♯♯".
  var name: String {
    let mark = accidental < 0 ? "♭" : "♯"
    return String(Self.letters[letter]) + String(repeating: mark, count: abs(accidental))
  }
}
