// The key field of a tune in ABC notation.

import Music

/// The tonic and mode of a "K:" field (ABC standard 2.1, section 3.1.14).
struct ABCKey: Hashable {
  var tonic: PitchClass
  var family: ScaleFamily

  /// Reads the text after "K:", such as "Em", "A Dorian % as printed", "Dmix", "Bb".
  ///
  /// Only the first three letters of a mode count, as the standard says. Pipe keys, "none", changed accidentals
  /// ("Dmix=c") and a lone capital "M", which some write for minor and others for major, have no certain scale.
  /// - Returns: nil when the field names no certain scale.
  init?(_ field: String) {
    let text = field.prefix { $0 != "%" }.trimmingPrefix(while: \.isWhitespace)
    guard let letter = text.first, "ABCDEFG".contains(letter) else { return nil }
    let hasAccidental = text.dropFirst().first.map { "#b♯♭".contains($0) } ?? false
    let tonicLength = hasAccidental ? 2 : 1
    guard let tonic = PitchClass(name: String(text.prefix(tonicLength))) else { return nil }
    self.tonic = tonic

    let words = text.dropFirst(tonicLength).split(whereSeparator: \.isWhitespace)
    // Clefs and the like ("clef=treble") say nothing about the scale; accidentals ("^c", "=f") change it.
    guard words.dropFirst().allSatisfy({ $0.first?.isLetter == true }) else { return nil }
    let mode = words.first.map(String.init) ?? ""
    if mode.isEmpty || mode.contains("=") && mode.hasPrefix("clef") {
      family = .major
    } else if mode == "m" {
      family = .naturalMinor
    } else if mode.allSatisfy(\.isLetter), let family = Self.modes[mode.lowercased().prefix(3).description] {
      self.family = family
    } else {
      return nil
    }
  }

  private static let modes: [String: ScaleFamily] = [
    "maj": .major, "ion": .major, "min": .naturalMinor, "aeo": .naturalMinor, "dor": .dorian, "phr": .phrygian,
    "lyd": .lydian, "mix": .mixolydian, "loc": .locrian,
  ]
}
