// The twelve note names as the heard scale spells them.

import Music

/// Names of the twelve pitch classes, C first, and which of them belong to a scale.
struct NoteNames {
  private static let usual = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"]
  private static let flats = ["C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B"]
  private static let sharps = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"]

  private(set) var names: [String]
  private(set) var isInScale = [Bool](repeating: false, count: 12)
  /// The tonic's pitch class; nil without a scale.
  let tonic: Int?

  /// Whether there is a scale.
  var hasScale: Bool { tonic != nil }

  init(_ scale: Scale?) {
    tonic = scale?.tonic.rawValue
    names = Self.usual
    guard let scale else { return }
    let spelled = scale.spelled()
    // The other notes take the accidental that the scale uses, so that a row never mixes both.
    if spelled.contains(where: { $0.contains("♭") }) {
      names = Self.flats
    } else if spelled.contains(where: { $0.contains("♯") }) {
      names = Self.sharps
    }
    for (interval, name) in zip(scale.family.intervals, spelled) {
      let note = (scale.tonic.rawValue + interval) % 12
      names[note] = name
      isInScale[note] = true
    }
  }

  /// MIDI pitches as notes with octaves, 60 as C4.
  func text(pitches: [Int]) -> String {
    pitches.filter { (0...127).contains($0) }
      .map { "\(names[$0 % 12])\($0 / 12 - 1)" }.joined(separator: " ")
  }
}
