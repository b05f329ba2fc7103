// The notes of a pattern of the Thesaurus.

extension ThesaurusPattern {
  /// The first cell from one principal tone up to the next, in semitones above its first note: `[0, 3, 6]`.
  public var cell: [Int] { [0] + offsets + [progression.step] }

  /// How many notes of the cell must be inserted, removed or exchanged to make it that of `other`; at most 5, for the
  /// first note is the same in all.
  public func changedNotes(to other: ThesaurusPattern) -> Int { EditDistance.between(cell, other.cell) }

  /// The ascent through all octaves in semitones above its first note, the principal tone at the top included.
  public var ascent: [Int] {
    let added = offsets
    return (0..<progression.parts).flatMap { part in
      [part * progression.step] + added.map { part * progression.step + $0 }
    } + [progression.octaves * 12]
  }

  /// The ascent backwards.
  public var descent: [Int] { ascent.reversed() }

  /// Up and down again; the note at the top is played once.
  public var whole: [Int] { ascent + ascent.dropLast().reversed() }

  /// MIDI pitch of the C on which the pattern begins when nobody says where: middle C, and lower as the progression
  /// spans more octaves, so that all of it lies on the keyboard.
  public var lowestC: Int {
    switch progression.octaves {
    case ...2: 60
    case 3: 48
    case 5: 36
    default: 24
    }
  }

  /// The MIDI pitch on which the pattern of `tonic` begins: the first at or above `lowestC`.
  public func start(on tonic: PitchClass) -> Int { lowestC + tonic.rawValue }

  /// The pitch classes in semitones above the tonic: bit `n` stands for `n` semitones.
  public var pitchClasses: UInt16 {
    ascent.reduce(0) { $0 | 1 << UInt16(PitchClass(wrapping: $1).rawValue) }
  }
}
