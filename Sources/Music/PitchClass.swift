// One of the twelve pitch classes of equal temperament.

/// A pitch without its octave: 0 is C, 1 is C♯ or D♭, … 11 is B.
public struct PitchClass: RawRepresentable, Hashable, Sendable, Codable {
  /// Semitones above C, 0…11.
  public let rawValue: Int

  /// The pitch class `rawValue` semitones above C.
  ///
  /// - Returns: nil unless `rawValue` lies in 0…11.
  public init?(rawValue: Int) {
    guard (0..<12).contains(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  /// The pitch class of any number of semitones above (or below) C; a MIDI note number will do.
  public init(wrapping semitones: Int) {
    let remainder = semitones % 12
    rawValue = remainder < 0 ? remainder + 12 : remainder
  }

  /// The twelve pitch classes, from C upwards.
  public static let all: [PitchClass] = (0..<12).map(PitchClass.init(wrapping:))

  /// The pitch class `semitones` higher (lower when negative).
  public func transposed(by semitones: Int) -> PitchClass {
    // The remainder first, so that no argument can overflow the sum.
    PitchClass(wrapping: rawValue + semitones % 12)
  }

  /// Semitones from `other` up to this pitch class, 0…11.
  public func interval(above other: PitchClass) -> Int {
    PitchClass(wrapping: rawValue - other.rawValue).rawValue
  }
}

extension PitchClass: CustomStringConvertible {
  /// The name most used when no scale is known: C, D♭, D, E♭, E, F, F♯, G, A♭, A, B♭, B.
  public var description: String {
    ["C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"][rawValue]
  }

  /// The pitch class of a written name: a letter in either case and accidentals, "E♭", "eb", "F#", "Cx" or "C".
  ///
  /// - Returns: nil when `name` is not a letter A…G followed only by accidentals.
  public init?(name: String) {
    guard let spelling = SpelledPitch(name: name) else { return nil }
    self = spelling.pitchClass
  }
}
