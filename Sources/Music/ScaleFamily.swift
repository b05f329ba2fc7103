// The families of scales that Antiphon tells apart.

/// A kind of scale, apart from its tonic. The order of the cases is the order of a model's outputs.
public enum ScaleFamily: String, CaseIterable, Codable, Sendable {
  case major
  case naturalMinor = "natural_minor"
  case harmonicMinor = "harmonic_minor"
  case melodicMinor = "melodic_minor"
  case dorian
  case phrygian
  case lydian
  case mixolydian
  case locrian
  case majorPentatonic = "major_pentatonic"
  case minorPentatonic = "minor_pentatonic"
  case blues
  case wholeTone = "whole_tone"
  case octatonicHalfWhole = "octatonic_half_whole"
  case octatonicWholeHalf = "octatonic_whole_half"
  case lydianFlat7 = "lydian_flat_7"
  case altered

  /// Semitones of the degrees above the tonic, ascending from 0. The melodic minor is its ascending form.
  public var intervals: [Int] {
    switch self {
    case .major: [0, 2, 4, 5, 7, 9, 11]
    case .naturalMinor: [0, 2, 3, 5, 7, 8, 10]
    case .harmonicMinor: [0, 2, 3, 5, 7, 8, 11]
    case .melodicMinor: [0, 2, 3, 5, 7, 9, 11]
    case .dorian: [0, 2, 3, 5, 7, 9, 10]
    case .phrygian: [0, 1, 3, 5, 7, 8, 10]
    case .lydian: [0, 2, 4, 6, 7, 9, 11]
    case .mixolydian: [0, 2, 4, 5, 7, 9, 10]
    case .locrian: [0, 1, 3, 5, 6, 8, 10]
    case .majorPentatonic: [0, 2, 4, 7, 9]
    case .minorPentatonic: [0, 3, 5, 7, 10]
    case .blues: [0, 3, 5, 6, 7, 10]
    case .wholeTone: [0, 2, 4, 6, 8, 10]
    case .octatonicHalfWhole: [0, 1, 3, 4, 6, 7, 9, 10]
    case .octatonicWholeHalf: [0, 2, 3, 5, 6, 8, 9, 11]
    case .lydianFlat7: [0, 2, 4, 6, 7, 9, 10]
    case .altered: [0, 1, 3, 4, 6, 8, 10]
    }
  }

  /// True when the scale has the minor third above its tonic and not the major one as well.
  public var hasMinorThird: Bool { intervals.contains(3) && !intervals.contains(4) }

  /// The name a musician reads: "dorian", "natural minor", "octatonic (half-whole)", "lydian ♭7".
  public var displayName: String {
    switch self {
    case .octatonicHalfWhole: "octatonic (half-whole)"
    case .octatonicWholeHalf: "octatonic (whole-half)"
    case .lydianFlat7: "lydian ♭7"
    default: rawValue.replacing("_", with: " ")
    }
  }

  /// The place in `allCases`, 0…16: the row of this family in a model's output.
  public var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The family of a written name, in any case and with spaces, hyphens or underscores between the words:
  /// a raw value, a display name or a usual synonym ("minor", "aeolian", "ionian", "acoustic", "super locrian").
  ///
  /// - Returns: nil when the name is unknown.
  public init?(name: String) {
    let key = Self.key(name)
    if let family = Self.allCases.first(where: { Self.key($0.rawValue) == key || Self.key($0.displayName) == key }) {
      self = family
    } else if let family = Self.synonyms[key] {
      self = family
    } else {
      return nil
    }
  }

  private static let synonyms: [String: ScaleFamily] = [
    "maj": .major, "ionian": .major, "minor": .naturalMinor, "min": .naturalMinor, "aeolian": .naturalMinor,
    "jazzminor": .melodicMinor, "pentatonic": .majorPentatonic, "pentatonicmajor": .majorPentatonic,
    "pentatonicminor": .minorPentatonic, "diminished": .octatonicWholeHalf, "halfwhole": .octatonicHalfWhole,
    "wholehalf": .octatonicWholeHalf, "lydiandominant": .lydianFlat7, "acoustic": .lydianFlat7,
    "superlocrian": .altered,
  ]

  /// Letters and digits only, lower case, ♭ as "flat".
  private static func key(_ name: String) -> String {
    name.lowercased().replacing("♭", with: "flat").replacing("b7", with: "flat7").filter { $0.isLetter || $0.isNumber }
  }
}
