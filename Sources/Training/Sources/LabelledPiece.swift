// A piece of music whose scale is known.

public import Music

/// A piece with its tonic and the scale families that describe it.
public struct LabelledPiece: Hashable, Sendable, Codable {
  /// Where the piece comes from: "folk-abc" or "openscore-lieder".
  public var source: String
  /// The name within the source, to find the piece again.
  public var name: String
  /// Pieces of one group never fall into different parts of the split: a composer, or one tune and its variants.
  public var group: String
  /// The notes in the order of their onsets, in seconds.
  public var notes: [Note]
  /// The tonic.
  public var tonic: PitchClass
  /// The families that count as right, the plainest first; never empty.
  public var families: [ScaleFamily]

  /// A piece with its label.
  public init(
    source: String, name: String, group: String, notes: [Note], tonic: PitchClass, families: [ScaleFamily]
  ) {
    self.source = source
    self.name = name
    self.group = group
    self.notes = notes
    self.tonic = tonic
    self.families = families
  }

  /// Seconds for which each pitch class sounds, twelve numbers upwards from the tonic; notes together count each.
  static func sounding(_ notes: [Note], above tonic: PitchClass) -> [Double] {
    notes.reduce(into: Array(repeating: 0, count: 12)) { seconds, note in
      seconds[note.pitchClass.interval(above: tonic)] += note.duration
    }
  }
}
