// How a musician writes the notes of a scale.

extension Scale {
  /// The notes as written, upwards from the tonic: E♭ dorian is E♭ F G♭ A♭ B♭ C D♭.
  ///
  /// Scales of seven notes use every letter once. The tonic is spelled so that the written notes need the fewest
  /// accidentals (G♯ minor, not A♭ minor; D♭ major, not C♯ major), white keys are always natural, and equal counts go
  /// to the usual name (F♯ major, E♭ minor).
  public func spelled() -> [String] { spelling.map(\.name) }

  var spelling: [SpelledPitch] {
    let usual = spelling(onLetter: usualTonic.letter)
    let other = spelling(onLetter: otherTonic.letter)
    return Self.accidentals(other) < Self.accidentals(usual) ? other : usual
  }

  private static func accidentals(_ notes: [SpelledPitch]) -> Int { notes.reduce(0) { $0 + abs($1.accidental) } }

  /// Staff steps of black keys as they are named when the count of accidentals does not decide: C♯ E♭ F♯ G♯ B♭ for
  /// scales with a minor third, D♭ E♭ F♯ A♭ B♭ for the others.
  private var usualTonic: SpelledPitch {
    switch tonic.rawValue {
    case 1: SpelledPitch(tonic, letter: family.hasMinorThird ? 0 : 1)
    case 8: SpelledPitch(tonic, letter: family.hasMinorThird ? 4 : 5)
    default: SpelledPitch(tonic, letter: [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6][tonic.rawValue])
    }
  }

  /// The other name of a black key; of a white key the same name.
  private var otherTonic: SpelledPitch {
    let usual = usualTonic
    if usual.accidental == 0 { return usual }
    return SpelledPitch(tonic, letter: usual.letter + (usual.accidental < 0 ? 6 : 1))
  }

  private func spelling(onLetter letter: Int) -> [SpelledPitch] {
    zip(family.intervals, family.steps).map { interval, step in
      let pitchClass = tonic.transposed(by: interval)
      let written = SpelledPitch(pitchClass, letter: letter + step)
      // Outside the diatonic and pentatonic scales nobody writes C♭ or F♯♯ where a white key will do.
      let white = SpelledPitch.naturals.firstIndex(of: pitchClass.rawValue)
      if !family.keepsLetters, let white { return SpelledPitch(letter: white, accidental: 0) }
      return written
    }
  }
}

extension ScaleFamily {
  /// Staff steps of the degrees above the tonic, one for each of `intervals`.
  var steps: [Int] {
    switch self {
    case .majorPentatonic: [0, 1, 2, 4, 5]
    case .minorPentatonic: [0, 2, 3, 4, 6]
    case .blues: [0, 2, 3, 4, 4, 6]
    case .wholeTone: [0, 1, 2, 3, 4, 6]
    case .octatonicHalfWhole: [0, 1, 2, 2, 3, 4, 5, 6]
    case .octatonicWholeHalf: [0, 1, 2, 3, 4, 5, 5, 6]
    default: [0, 1, 2, 3, 4, 5, 6]
    }
  }

  /// True when every degree has its own letter, whatever accidental that takes.
  fileprivate var keepsLetters: Bool {
    switch self {
    case .blues, .wholeTone, .octatonicHalfWhole, .octatonicWholeHalf: false
    default: true
    }
  }
}
