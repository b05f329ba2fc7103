// A scale: a tonic and a family.

/// A tonic with a family of intervals above it, "E♭ dorian".
public struct Scale: Hashable, Sendable, Codable {
  /// The note the scale rests on.
  public var tonic: PitchClass
  /// The pattern of intervals above the tonic.
  public var family: ScaleFamily

  /// The scale of `family` on `tonic`.
  public init(tonic: PitchClass, family: ScaleFamily) {
    self.tonic = tonic
    self.family = family
  }

  /// The pitch classes of the scale as a set.
  public var pitchClasses: Set<PitchClass> { Set(family.intervals.map(tonic.transposed(by:))) }

  /// The pitch classes of the scale as bits: bit `n` is set when the pitch class `n` semitones above C is in it.
  public var mask: UInt16 {
    family.intervals.reduce(0) { $0 | 1 << UInt16(tonic.transposed(by: $1).rawValue) }
  }

  /// True when `pitchClass` is a note of the scale.
  public func contains(_ pitchClass: PitchClass) -> Bool { mask >> UInt16(pitchClass.rawValue) & 1 == 1 }
}

extension Scale: CustomStringConvertible {
  /// Tonic and family as a musician writes them, "E♭ dorian", "A natural minor", "F♯ major".
  public var name: String { "\(spelling[0].name) \(family.displayName)" }

  /// The same as `name`.
  public var description: String { name }

  /// Reads "Eb dorian", "E♭ dorian", "c# natural_minor", "A minor", "D major".
  ///
  /// The tonic may be spelled in any way; `name` gives the usual spelling back.
  /// - Returns: nil unless `name` is a note name, white space and the name of a family.
  public init?(name: String) {
    let parts = name.split(maxSplits: 1, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
    guard parts.count == 2,
      let tonic = PitchClass(name: String(parts[0])),
      let family = ScaleFamily(name: String(parts[1]))
    else { return nil }
    self.init(tonic: tonic, family: family)
  }
}
