// The progressions of the Thesaurus: octaves divided into equal parts.

/// One or more octaves divided into equal parts; the tones between the parts are the principal tones of a pattern.
///
/// The order is that of the sections of Nicolas Slonimsky's *Thesaurus of Scales and Melodic Patterns* (1947). No two
/// progressions have the same step.
public enum Progression: String, CaseIterable, Codable, Sendable {
  case tritone
  case ditone
  case sesquitone
  case wholeTone = "whole-tone"
  case semitone
  case quadritone
  case sesquiquadritone
  case quinquetone
  case diatessaron
  case septitone
  case diapente

  /// Octaves that are divided, 1…7.
  public var octaves: Int {
    switch self {
    case .tritone, .ditone, .sesquitone, .wholeTone, .semitone: 1
    case .quadritone: 2
    case .sesquiquadritone: 3
    case .quinquetone, .diatessaron: 5
    case .septitone, .diapente: 7
    }
  }

  /// Parts into which they are divided, 2…12.
  public var parts: Int {
    switch self {
    case .tritone: 2
    case .ditone, .quadritone: 3
    case .sesquitone, .sesquiquadritone: 4
    case .wholeTone, .quinquetone, .septitone: 6
    case .semitone, .diatessaron, .diapente: 12
    }
  }

  /// Semitones from one principal tone to the next, 1…14.
  public var step: Int { octaves * 12 / parts }

  /// The place in `allCases`, 0…10.
  public var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The progression of a written name, in any case and with a space, an underscore or nothing for the hyphen.
  ///
  /// - Returns: nil when the name is unknown.
  public init?(name: String) {
    let key = Self.key(name)
    guard let found = Self.allCases.first(where: { Self.key($0.rawValue) == key }) else { return nil }
    self = found
  }

  private static func key(_ name: String) -> String { name.lowercased().filter { !" _-".contains($0) } }
}
