// A pattern of the Thesaurus on a tonic, as a scale to play in.

/// A pattern that begins on a tonic and goes on above and below over the whole keyboard.
public struct PatternScale: Hashable, Sendable {
  /// The pitch class of the first principal tone.
  public var tonic: PitchClass
  /// The pattern.
  public var pattern: ThesaurusPattern

  /// `pattern` on `tonic`.
  public init(tonic: PitchClass = PitchClass(wrapping: 0), pattern: ThesaurusPattern) {
    self.tonic = tonic
    self.pattern = pattern
  }

  /// The MIDI pitches of the pattern. They repeat with its octaves: a pattern over two octaves may have a note in one
  /// octave that the next lacks. Allocates nothing.
  public var pitches: PitchSet { pitches(isPrincipal: false) }

  /// The MIDI pitches of the principal tones. Allocates nothing.
  public var principalTones: PitchSet { pitches(isPrincipal: true) }

  /// The pitch classes that occur: bit `n` stands for `n` semitones above C.
  public var pitchClasses: UInt16 { pitches.pitchClasses }

  private func pitches(isPrincipal: Bool) -> PitchSet {
    let (step, mask) = (pattern.progression.step, pattern.mask)
    var pitches = PitchSet()
    // The principal tones go on beyond the pattern's octaves at the same step, for it divides them evenly. The first
    // lies so low that not even its ultrapolated notes are pitches.
    let (start, reach) = (pattern.start(on: tonic), ThesaurusPattern.reach)
    var principal = start - ((start + step + reach) / step + 1) * step
    while principal < 128 + reach {
      pitches.insert(principal)
      if !isPrincipal {
        for offset in ThesaurusPattern.offsets where mask >> UInt32(offset + reach) & 1 == 1 {
          pitches.insert(principal + offset)
        }
      }
      principal += step
    }
    return pitches
  }
}
